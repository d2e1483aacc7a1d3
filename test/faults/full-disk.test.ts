import { closeSync, fstatSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithNamespaces } from '../support/engines/describe-with-namespaces.js';
import { eventually } from '../support/eventually.js';
import { startBoxedServer } from '../support/server/boxed.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** Writes until the file system takes no more. */
const fill = (file: string): void => {
  const fd = openSync(file, 'a');
  for (let size = 1_048_576; size > 0; size = Math.floor(size / 2))
    try {
      for (;;) writeSync(fd, Buffer.alloc(size, 120));
    } catch {
      // Then with less at a time.
    }
  expect(fstatSync(fd).size).toBeGreaterThan(0);
  closeSync(fd);
};

await describeWithNamespaces(() => {
  test('a full disk is named by what is refused and by readiness, reads go on, and it is over by itself', async () => {
    const directory = join(newDir(), 'disk');
    const server = await startBoxedServer(directory, {
      disk: { directory, size: '24m' },
      variables: { DISK_MIN_FREE_MB: '0' },
    });
    const create = (couponId: string, language = 'en') =>
      http(
        `${server.url}/api/coupons`,
        { couponId, name: 'C', quantity: 100, discount: { kind: 'PERCENT', value: 5 } },
        { 'accept-language': language },
      );
    expect((await create('before')).status).toBe(201);
    const filler = server.inside(join(directory, 'filler'));
    fill(filler);

    let refusals = 0;
    await eventually(async () => {
      // Pages that were freed before still take some writes.
      const { status, body } = await create(`full-${(refusals += 1)}`);
      expect(status).toBe(503);
      expect(body).toMatchObject({ code: 'UNAVAILABLE', reason: 'DISK_FULL', detail: expect.stringContaining('full') });
    });
    const ready = await http(`${server.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      code: 'NOT_READY',
      reason: 'DISK_FULL',
      disk: expect.stringContaining(`The disk of ${directory} is full`),
      engines: { eventStore: 'down', messageLog: 'down' },
    });
    const writes = [
      http(`${server.url}/api/coupons/before/issue`, { userId: 'ana' }),
      http(`${server.url}/api/products`, { productId: 'p', name: 'P', price: 5, stock: 1 }),
      http(`${server.url}/api/users/ana/points/charge`, { amount: 5 }),
      http(`${server.url}/api/events`, { name: 'E', opensAt: '2030-01-01T00:00:00Z' }),
    ];
    for (const { status, body } of await Promise.all(writes))
      expect([status, body['reason']]).toEqual([503, 'DISK_FULL']);
    expect((await create('in-korean', 'ko')).body['detail']).toMatch(/가득/);
    expect((await http(`${server.url}/api/coupons/before`)).status).toBe(200);
    expect((await http(`${server.url}/health/live`)).status).toBe(200);

    rmSync(filler);
    await eventually(async () => expect((await http(`${server.url}/health/ready`)).status).toBe(200));
    expect((await create('after')).status).toBe(201);
    const asked = await http(`${server.url}/api/coupons/before/issue`, { userId: 'ben', requestId: 'r-1' });
    expect(asked.status).toBe(202);
    const final = await http(`${server.url}/api/coupons/issue-status/r-1`, undefined, { prefer: 'wait=20' });
    expect(final.body).toMatchObject({ status: 'SUCCESS', place: 1 });
    expect((await http(`${server.url}/api/coupons/in-korean`)).status).toBe(404);
    expect((await server.kill('SIGTERM')).code).toBe(0);
  });

  test('before the disk is full nothing new is taken on, what was accepted is carried out, and it is over by itself', async () => {
    const directory = join(newDir(), 'disk');
    const server = await startBoxedServer(directory, {
      disk: { directory, size: '64m' },
      variables: { DISK_MIN_FREE_MB: '32' },
    });
    const at = (path: string) => `${server.url}${path}`;
    const coupon = { couponId: 'c', name: 'C', quantity: 100, discount: { kind: 'PERCENT', value: 5 } };
    expect((await http(at('/api/coupons'), coupon)).status).toBe(201);
    const accepted = await http(at('/api/coupons/c/issue'), { userId: 'ana', requestId: 'r-1' });
    expect(accepted.status).toBe(202);
    const filler = server.inside(join(directory, 'filler'));
    writeFileSync(filler, Buffer.alloc(40 * 2 ** 20, 120));

    await eventually(async () =>
      expect(await http(at('/health/ready'))).toMatchObject({
        status: 503,
        body: { reason: 'DISK_LOW', disk: expect.stringContaining('nearly full') },
      }),
    );
    const refused = await http(at('/api/coupons/c/issue'), { userId: 'ben' });
    expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', reason: 'DISK_LOW' } });
    expect(refused.headers.get('retry-after')).not.toBeNull();
    const decided = await http(at('/api/coupons/issue-status/r-1'), undefined, { prefer: 'wait=20' });
    expect(decided.body).toMatchObject({ status: 'SUCCESS', place: 1 });

    rmSync(filler);
    await eventually(async () => expect((await http(at('/api/coupons/c/issue'), { userId: 'ben' })).status).toBe(202));
    expect((await http(at('/health/ready'))).status).toBe(200);
    expect((await server.kill('SIGTERM')).code).toBe(0);
  });
});
