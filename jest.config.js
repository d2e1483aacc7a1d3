import { suitesOf } from './test/support/engines/suites.mjs';

const root = import.meta.dirname;
const { servers, sales } = suitesOf(root);

const project = {
  rootDir: root,
  testEnvironment: '<rootDir>/test/support/contract/environment.mjs',
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
  globalSetup: '<rootDir>/test/support/engines/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/engines/global-teardown.mjs',
};

/** @type {import('jest').Config} */
export default {
  projects: [
    { ...project, displayName: 'alone', testPathIgnorePatterns: ['/node_modules/', ...servers, ...sales] },
    { ...project, displayName: 'sales', testMatch: sales },
    { ...project, displayName: 'servers', testMatch: servers },
  ],
  // An end for what hangs, not a judgement of speed: a slow machine under load must stay far below it.
  testTimeout: 300_000,
  maxWorkers: 2,
  // Every suite leaves its modules behind in its worker, some 20 MB each: a worker that has run many begins anew.
  workerIdleMemoryLimit: '1500MB',
  // It takes a moment to give that memory back, on a busy machine more than the half second that Jest allows by default.
  workerGracefulExitTimeout: 30_000,
  reporters: ['default', '<rootDir>/test/support/engines/reporter.mjs'],
};
