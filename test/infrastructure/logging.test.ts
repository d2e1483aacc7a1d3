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
