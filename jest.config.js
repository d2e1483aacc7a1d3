/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  // Many suites wait for a hold, a claim or an opening: with one more than two processors, those are busy meanwhile.
  maxWorkers: 3,
  // Every suite leaves its modules behind in its worker, some 20 MB each: a worker that has run many begins anew.
  workerIdleMemoryLimit: '800MB',
  // Machines are noisy; what has an end of its own says so itself.
  testTimeout: 30_000,
  globalSetup: '<rootDir>/test/support/engines/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/engines/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/support/engines/reporter.mjs'],
};
