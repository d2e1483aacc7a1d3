import { createServer } from 'node:net';
import { once } from 'node:events';
import { SECRETS } from '../../src/infrastructure/config/secret-files.js';
import { runMain, startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** What can be set where nothing but the server itself runs. */
const secrets = {
  ADMIN_TOKEN: 'never-tell-the-admin-token',
  CHALLENGE_SECRET: 'never-tell-how-challenges-are-signed',
  TURNSTILE_SECRET: 'never-tell-the-turnstile-secret',
  KEYS_SECRET: 'never-tell-what-encrypts-the-signing-keys',
  PERSONAL_DATA_KEY: 'never-tell-what-encrypts-"the"-personal-keys',
  ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/never-tell-the-webhook-path',
};
const told = (text: string): ReadonlyArray<string> => text.match(/never-tell[\w-]*/g) ?? [];

/** An error as libraries throw them: with the command that failed, and the address it was for, in its message and beside it. */
const FAILURE = `Object.assign(
  new Error('WRONGPASS ' + Object.values(process.env).join(' ')),
  { command: { name: 'auth', args: Object.values(process.env) } },
)`;
const preloaded = `
  process.on('SIGUSR2', () => { throw ${FAILURE}; });
  process.on('SIGHUP', () => void Promise.reject(${FAILURE}));
`;
const breaking = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preloaded)}` };

test('these are all secrets but those of servers elsewhere', () => {
  const ofServers = [
    'EVENTSTORE_URL',
    'REDIS_URL',
    'REDIS_SENTINEL_PASSWORD',
    'KAFKA_SASL_PASSWORD',
    'NAVER_PAY_CLIENT_SECRET',
  ];
  expect([...Object.keys(secrets), ...ofServers].toSorted()).toEqual([...SECRETS].toSorted());
});

test.each([
  ['an exception that nobody caught', 'SIGUSR2'],
  ['a rejection that nobody handled', 'SIGHUP'],
] as const)('a process that ends by %s says what happened, and no secret', async (_, signal) => {
  const server = await startChildServer(newDir(), { AUTH: 'jwt', AUTH_ISSUER: 'dev', ...secrets, ...breaking });
  const { code, stdout, stderr } = await server.kill(signal);
  expect(code).toBe(1);
  expect(stdout).toContain('"args":');
  expect(stdout).toContain('(secret)');
  expect(stderr).toContain('WRONGPASS');
  expect([told(stdout), told(stderr)]).toEqual([[], []]);
});

test('a server that cannot start says why, and no secret', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const HTTP_PORT = String(typeof address === 'object' ? address?.port : address);
  const { code, stdout, stderr } = await runMain({ DATA_DIR: newDir(), LOG_LEVEL: 'debug', HTTP_PORT, ...secrets });
  taken.close();
  expect(code).toBe(1);
  expect(stderr).toContain(HTTP_PORT);
  expect([told(stdout), told(stderr)]).toEqual([[], []]);
});
