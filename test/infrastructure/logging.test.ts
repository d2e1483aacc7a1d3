import { hideSecrets } from '../../src/infrastructure/logging/hide-secrets.js';
import { createPinoLog } from '../../src/infrastructure/logging/pino-log.js';

const logged = (level: 'info' | 'debug'): { lines: ReadonlyArray<unknown>; log: ReturnType<typeof createPinoLog> } => {
  const lines: unknown[] = [];
  const log = createPinoLog({
    level,
    name: 'api',
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  return { lines, log };
};

test('a line is JSON with its fields, its process and a time people can read', () => {
  const { lines, log } = logged('info');
  log.warn({ requestId: 'r-1', correlationId: 'c-1' }, 'publishing timed out');
  expect(lines).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      process: 'api',
      pid: process.pid,
      requestId: 'r-1',
      correlationId: 'c-1',
      msg: 'publishing timed out',
    },
  ]);
});

test('an error is told with its message and its stack', () => {
  const { lines, log } = logged('info');
  log.error({ err: new Error('disk full') }, 'stopping');
  expect(lines).toMatchObject([{ err: { message: 'disk full', stack: expect.stringContaining('logging.test') } }]);
});

test('below its level nothing is written', () => {
  const { lines, log } = logged('info');
  log.debug({}, 'details');
  expect(lines).toEqual([]);
});

test('of an address its password is hidden, of a webhook what follows the host, and the rest stays', () => {
  const hide = hideSecrets({
    EVENTSTORE_URL: 'esdb://admin:p%40ss-word@one:2113,two:2113?tls=false',
    REDIS_URL: 'redis://redis:6379/0',
    ALERT_WEBHOOK_URL: 'https://hooks.example/services/T0/B0',
    ADMIN_TOKEN: 'a "quoted" token',
    LOG_LEVEL: 'info',
  });
  expect(hide('esdb://admin:p%40ss-word@one:2113 p@ss-word')).toBe('esdb://admin:(secret)@one:2113 (secret)');
  expect(hide('redis://redis:6379/0 is away')).toBe('redis://redis:6379/0 is away');
  expect(hide('POST https://hooks.example/services/T0/B0')).toBe('POST https://hooks.example(secret)');
  expect(hide(JSON.stringify({ token: 'a "quoted" token', level: 'info' }))).toBe(
    '{"token":"(secret)","level":"info"}',
  );
});
