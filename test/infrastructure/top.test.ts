import { board, shownBoard } from '../../src/infrastructure/cli/shown-board.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { runHere } from '../support/command-line.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess(newDir(), { LOG_LEVEL: 'silent' });
  const terms = { couponId: 'spring', name: 'Spring', quantity: 2, discount: { kind: 'PERCENT', value: 5 } };
  expect((await http(`${server.url}/api/coupons`, terms)).status).toBe(201);
  await http(`${server.url}/api/coupons/spring/issue`, { userId: 'ana', requestId: 'r' });
  await http(`${server.url}/api/coupons/issue-status/r?userId=ana`, undefined, { prefer: 'wait=20' });
});
afterAll(() => server.stop());

test('top shows the sale once: what is given out, the engines, the rates', async () => {
  const { code, stdout, stderr } = await runHere('top', '--once', '--url', server.url);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/spring +│ OPEN +│ +1 │ +2 │ +1 /);
  expect(stdout).toMatch(/^accepted .*decided .*undecided 0$/m);
  expect(stdout).toMatch(/^engines .*ok/m);
  // Nobody's terminal: no control codes in it.
  expect(stdout).not.toContain('\u001b');
});

test('top tells programs the same as JSON', async () => {
  const { code, stdout } = await runHere('top', '--once', '--json', '--url', server.url);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ coupons: { spring: { issued: 1, remaining: 1 } }, alarms: {} });
});

test('top says in one line where no server is, and ends with 1', async () => {
  const { code, stderr } = await runHere('top', '--once', '--url', 'http://127.0.0.1:1');
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^No server answers at [^\n]+\n$/)]);
});

test('an alarm stands on a line of its own', () => {
  const empty = { coupons: {}, events: {}, schedules: {}, products: {}, rates: {}, answers: {}, latency: {} };
  const trouble = { engines: { redis: 'down' }, undecided: { requests: { messages: 7, ageMs: 9_000 } } };
  const alarms = { a: { kind: 'ENGINE_DOWN', severity: 'critical', subject: 'redis' } };
  const shown = shownBoard(board.parse({ at: '2026-01-01T00:00:00Z', ...empty, ...trouble, alarms }));
  expect(shown.split('\n')).toEqual(expect.arrayContaining(['CRITICAL  ENGINE_DOWN redis', 'engines  redis down']));
  expect(shown).toContain('undecided 7');
});
