import { http } from '../support/server/http.js';
import { NOTHING_BUT_WAITING, runCli, startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** A data directory with a coupon of one, which ana has. */
const sold = async (url: string): Promise<void> => {
  await http(`${url}/api/coupons`, { couponId: 'c', name: 'C', quantity: 1, discount: { kind: 'PERCENT', value: 5 } });
  await http(`${url}/api/coupons/c/issue`, { userId: 'ana', requestId: 'r-1' });
  const final = await http(`${url}/api/coupons/issue-status/r-1`, undefined, { prefer: 'wait=20' });
  expect(final.body).toMatchObject({ status: 'SUCCESS' });
};

test.each(['a running server, found through its data directory', 'a stopped data directory'])(
  'every command of operators works against %s',
  async (where) => {
    const directory = newDir();
    const variables = { DATA_DIR: directory };
    const server = await startChildServer(directory);
    await sold(server.url);
    if (where.startsWith('a stopped')) expect((await server.kill('SIGTERM')).code).toBe(0);

    const run = async (...args: ReadonlyArray<string>) => {
      const ended = await runCli(args, variables);
      expect({ args, ...ended }).toMatchObject({ code: 0, stderr: '' });
      return ended.stdout;
    };
    expect(await run('verify', 'coupon', 'c')).toMatch(/^PASS coupon c/);
    expect(JSON.parse(await run('verify', 'coupon', 'c', '--json'))).toMatchObject({ verdict: 'PASS', issued: 1 });
    // Before anything is changed: what operators do on a stopped directory is folded into its view by the next server.
    expect(await run('reconcile')).toContain('agree');
    expect(await run('projections', 'list')).toMatch(/coupons.*LIVE/);
    expect(await run('projections', 'status')).toMatch(/coupons.*LIVE/);
    expect(await run('projections', 'status', 'outcomes')).toContain('outcomes');
    expect(await run('projections', 'rebuild', 'coupons', '--verify')).toContain('build 2 is live, 2 events folded');
    expect(await run('projections', 'verify', 'user-coupons')).toMatch(/^PASS user-coupons: 1 documents/);
    expect(await run('dead-letters', 'list')).toContain('No dead letters');
    expect(
      JSON.parse(await run('dead-letters', 'replay', '--topic', 'coupon-issue-requests', '--dry-run', '--json')),
    ).toMatchObject({ found: 0 });
    expect(await run('timeline', 'ana')).toMatch(/CouponIssued.*couponId=c.*coupon-issued/);
    expect(await run('timeline', 'nobody')).toContain('Nothing is known of nobody');
    if (where.startsWith('a running')) await server.kill('SIGTERM');
  },
);

test('a command that fails says why and ends with 1', async () => {
  const server = await startChildServer(newDir());
  const url = ['--url', server.url];
  const [unknown, projection, letter, nothing, nobody] = await Promise.all([
    runCli(['verify', 'coupon', 'nope', ...url]),
    runCli(['projections', 'rebuild', 'nope', ...url]),
    runCli(['dead-letters', 'discard', 'nope', '--reason', 'why not', ...url]),
    runCli(['projections', 'list'], { DATA_DIR: '/nowhere/at/all' }),
    runCli(['projections', 'list', '--url', 'http://127.0.0.1:1']),
  ]);
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('COUPON_NOT_FOUND') });
  expect(projection).toMatchObject({ code: 1, stderr: expect.stringContaining('PROJECTION_NOT_FOUND') });
  expect(letter).toMatchObject({ code: 1, stderr: expect.stringContaining('DEAD_LETTER_NOT_FOUND') });
  expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no data in /nowhere/at/all') });
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('No server answers at') });
  await server.kill('SIGTERM');
});

test('a server with a token answers operators who have it, and nobody else', async () => {
  const ADMIN_TOKEN = 'a-token-of-operators';
  const server = await startChildServer(newDir(), { ADMIN_TOKEN });
  const list = ['projections', 'list', '--url', server.url];
  expect(await runCli(list)).toMatchObject({ code: 1, stderr: expect.stringContaining('UNAUTHENTICATED') });
  expect(await runCli([...list, '--token', ADMIN_TOKEN])).toMatchObject({ code: 0 });
  expect(await runCli(list, { ADMIN_TOKEN })).toMatchObject({ code: 0 });
  await server.kill('SIGTERM');
});

test('every command has help', async () => {
  const commands = [
    [],
    ['serve'],
    ['projections', 'rebuild'],
    ['dead-letters', 'replay'],
    ['verify', 'coupon'],
    ['timeline'],
    ['reconcile'],
    ['rehearse'],
  ];
  const helps = await Promise.all(commands.map((command) => runCli([...command, '--help'])));
  for (const help of helps)
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: doorbuster') });
});

test('a rehearsal starts a server of its own and ends with a table and a verdict', async () => {
  const ended = await runCli(['rehearse', '--users', '500', '--quantity', '50', '--duplicates', '10%']);
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringMatching(NOTHING_BUT_WAITING) });
  expect(ended.stdout).toMatch(/202 ACCEPTED[\s\S]*409 SOLD_OUT|409 SOLD_OUT[\s\S]*202 ACCEPTED/);
  expect(ended.stdout.trimEnd().split('\n').at(-1)).toBe('PASS');
  const json = await runCli(['rehearse', '--users', '50', '--quantity', '100', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'PASS', accepted: 50, issued: 50 });
});
