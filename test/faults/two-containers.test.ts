import { hostname } from 'node:os';
import { describeWithNamespaces } from '../support/engines/describe-with-namespaces.js';
import { builtDist } from '../support/server/built-dist.js';
import { startBoxed, startBoxedServer } from '../support/server/boxed.js';
import { runCli, runMain } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const coupon = { couponId: 'c', name: 'C', quantity: 5, discount: { kind: 'PERCENT', value: 5 } };

await describeWithNamespaces(() => {
  test('of two containers on one volume the second is told who has it, and ends', async () => {
    const directory = newDir();
    const first = await startBoxedServer(directory);
    const { main } = await builtDist();
    const variables = { DATA_DIR: directory, HTTP_PORT: '0' };
    const second = await (await startBoxed([process.execPath, main], { variables })).ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`in use by process 1 on ${hostname()} since 20`);
    expect(second.stderr).toContain(`which listens at ${first.url}`);
    const outside = await runMain(variables);
    expect([outside.code, outside.stderr]).toEqual([1, expect.stringContaining('in use by process 1')]);
    expect((await http(`${first.url}/api/coupons`, coupon)).status).toBe(201);
    expect((await first.kill('SIGTERM')).code).toBe(0);
  });

  test('a container that was killed is followed by the next, though both are process 1', async () => {
    const directory = newDir();
    for (let turn = 0; turn < 3; turn += 1) {
      const server = await startBoxedServer(directory);
      const created = await http(`${server.url}/api/coupons`, { ...coupon, couponId: `c${turn}` });
      expect(created.status).toBe(201);
      await server.kill('SIGKILL');
    }
    const last = await startBoxedServer(directory);
    expect((await http(`${last.url}/api/coupons/c0`)).status).toBe(200);
    expect((await last.kill('SIGTERM')).code).toBe(0);
  });

  test('the command line asks the server in the other container, and never opens its data beside it', async () => {
    const directory = newDir();
    const server = await startBoxedServer(directory);
    await http(`${server.url}/api/coupons`, coupon);
    const reached = await runCli(['verify', 'coupon', 'c'], { DATA_DIR: directory });
    expect(reached).toMatchObject({ code: 0, stdout: expect.stringContaining('PASS coupon c') });

    const { cli } = await builtDist();
    const elsewhere = ['unshare', '--net', process.execPath, cli, 'verify', 'coupon', 'c'];
    const apart = await (await startBoxed(elsewhere, { variables: { DATA_DIR: directory } })).ended;
    expect(apart.code).toBe(1);
    expect(apart.stderr).toContain('in use by process 1');
    expect(apart.stderr).toContain('cannot be reached from here');
    expect((await server.kill('SIGTERM')).code).toBe(0);
  });
});
