import { z } from 'zod';
import { environment } from '../../src/infrastructure/config/environment.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

const bounded = z.object({ minimum: z.number(), maximum: z.number() });
const { properties = {} } = z.toJSONSchema(environment, { io: 'output', unrepresentable: 'any' });

/** Every numeric variable with the least and the most it may be; but for the port, of which the most may be taken. */
const bounds = Object.entries(properties).flatMap(([name, schema]) => {
  const { data } = bounded.safeParse(schema);
  return data === undefined || name === 'HTTP_PORT' ? [] : [{ name, least: data.minimum, most: data.maximum }];
});

const starts = async (variables: Readonly<Record<string, string>>): Promise<void> => {
  const { url, stop } = await startInProcess(newDir(), variables);
  try {
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  } finally {
    await stop();
  }
};

test('every numeric variable has bounds', () => {
  const numeric = Object.entries(properties).filter(
    ([, schema]) => typeof schema === 'object' && (schema.type === 'integer' || schema.type === 'number'),
  );
  expect(numeric.length).toBeGreaterThan(25);
  expect(bounds.map(({ name }) => name)).toEqual(numeric.map(([name]) => name).filter((name) => name !== 'HTTP_PORT'));
});

test('it starts with all of them at the least', () =>
  starts(Object.fromEntries(bounds.map(({ name, least }) => [name, String(least)]))));

// The notice before a stop is over at once: this test stops what it starts. No disk has as much room as can be asked for.
test('it starts with all of them at the most', () => {
  const most = Object.fromEntries(bounds.map(({ name, most }) => [name, String(most)]));
  return starts({ ...most, DRAIN_NOTICE_MS: '0', DISK_MIN_FREE_MB: '0' });
});

test.each([1, 5_000, 9_999, 10_000, 300_000])('a request may be given %i ms to arrive', (ms) =>
  starts({ REQUEST_TIMEOUT_MS: String(ms) }),
);

test('an unused connection is kept as long as the balancer in front needs it', async () => {
  const { url, stop } = await startInProcess(newDir(), { KEEP_ALIVE_TIMEOUT_MS: '605000' });
  const answer = await fetch(`${url}/health/live`);
  expect(answer.headers.get('keep-alive')).toBe('timeout=605');
  await stop();
});
