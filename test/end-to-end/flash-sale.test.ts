import { z } from 'zod';
import { NOTHING_BUT_WAITING, runCli, startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const summary = z.looseObject({
  verdict: z.string(),
  joined: z.number(),
  visited: z.number(),
  answers: z.array(z.looseObject({ answer: z.string(), count: z.number() })),
  orders: z.record(z.string(), z.number()),
  verified: z.array(z.looseObject({ what: z.string(), verdict: z.string() })),
});

const flashSale = ['rehearse', '--scenario', 'flash-sale'];

test('a flash sale from the queue to the payment passes, on a server of its own, in the eyes of people and of the events', async () => {
  const ended = await runCli([
    ...flashSale,
    '--users',
    '80',
    '--stock',
    '60',
    '--quantity',
    '40',
    '--active',
    '30',
    '--json',
  ]);
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(NOTHING_BUT_WAITING) });
  const { verdict, joined, answers, orders, verified } = summary.parse(JSON.parse(ended.stdout));
  expect({ verdict, joined }).toEqual({ verdict: 'PASS', joined: 80 });
  const seen = answers.map(({ answer }) => answer);
  expect(seen).toEqual(expect.arrayContaining(['coupon 202 ACCEPTED', 'order 201 CREATED', 'payment 200 PAID']));
  // Nobody waits any more: what was not paid has expired.
  for (const status of Object.keys(orders)) expect(['CONFIRMED', 'CANCELLED', 'EXPIRED', 'FAILED']).toContain(status);
  expect(verified.map(({ what, verdict: found }) => `${what} ${found}`)).toEqual([
    'schedule PASS',
    'coupon PASS',
    'order-stock PASS',
    'order-stock PASS',
    'order-stock PASS',
    'orders PASS',
  ]);
});

test('against a running server unpaid orders may wait, as long as it holds their goods; without the token of its operators it fails', async () => {
  const ADMIN_TOKEN = 'a-token-of-operators';
  const server = await startChildServer(newDir(), { ADMIN_TOKEN });
  const at = [...flashSale, '--users', '120', '--stock', '300', '--url', server.url];
  const passed = await runCli([...at, '--token', ADMIN_TOKEN]);
  expect(passed).toMatchObject({ code: 0, stderr: expect.stringMatching(NOTHING_BUT_WAITING) });
  expect(passed.stdout).toMatch(/walks away: CREATED/);
  expect(passed.stdout.trimEnd().split('\n').at(-1)).toBe('PASS');
  expect(await runCli(at)).toMatchObject({ code: 1 });
  await server.kill('SIGTERM');
});
