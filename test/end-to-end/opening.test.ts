import { z } from 'zod';
import { NOTHING_BUT_WAITING, runCli, startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const verdict = z.looseObject({ verdict: z.string(), reasons: z.array(z.unknown()) });
const summary = z.looseObject({
  verdict: z.string(),
  joined: z.number(),
  visited: z.number(),
  issued: z.number(),
  lateMs: z.number(),
  heard: z.looseObject({ count: z.number() }),
  answers: z.array(z.looseObject({ answer: z.string(), count: z.number() })),
  faults: z.array(z.string()),
  verifySchedule: verdict,
  verifyCoupon: verdict,
});

const opening = ['rehearse', '--scenario', 'opening', '--opens-in', '3'];

test('people gather, an event opens by itself, and they are let in one after the other: nobody is forgotten, nothing oversold', async () => {
  const ended = await runCli([...opening, '--users', '200', '--quantity', '60', '--active', '40', '--json']);
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(NOTHING_BUT_WAITING) });
  const seen = summary.parse(JSON.parse(ended.stdout));
  expect(seen).toMatchObject({ verdict: 'PASS', joined: 200, visited: 200, issued: 60, heard: { count: 200 } });
  expect(seen).toMatchObject({ faults: [], verifySchedule: { verdict: 'PASS' }, verifyCoupon: { verdict: 'PASS' } });
  expect(seen.lateMs).toBeGreaterThanOrEqual(0);
  const answers = Object.fromEntries(seen.answers.map(({ answer, count }) => [answer, count]));
  expect(answers).toEqual({ '202 ACCEPTED': 60, SUCCESS: 60, '409 SOLD_OUT': 140 });
});

test('an opening rehearsed on a running server ends with a table and a verdict; without the token of its operators it fails', async () => {
  const ADMIN_TOKEN = 'a-token-of-operators';
  const server = await startChildServer(newDir(), { ADMIN_TOKEN });
  const at = [...opening, '--users', '40', '--quantity', '100', '--active', '20', '--url', server.url];
  const passed = await runCli([...at, '--token', ADMIN_TOKEN]);
  expect(passed).toMatchObject({ code: 0, stderr: expect.stringMatching(NOTHING_BUT_WAITING) });
  expect(passed.stdout).toMatch(/from the opening to hearing of it[\s\S]*202 ACCEPTED[\s\S]*verify schedule .*: PASS/);
  expect(passed.stdout.trimEnd().split('\n').at(-1)).toBe('PASS');
  expect(await runCli(at)).toMatchObject({ code: 1 });
  await server.kill('SIGTERM');
});
