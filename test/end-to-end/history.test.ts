import { join } from 'node:path';
import { runCli, startChildServer } from '../support/server/child-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

test('a history exported beside a running server, imported elsewhere, sells on and is proved from its events', async () => {
  const [from, to, file] = [newDir(), newDir(), join(newDir(), 'history.ndjson')];
  const issued = async (url: string, userId: string): Promise<void> => {
    const asked = { userId, requestId: `r-${userId}` };
    expect(await http(`${url}/api/coupons/moved/issue`, asked)).toMatchObject({ status: 202 });
    await eventually(async () =>
      expect((await http(`${url}/api/coupons/issue-status/r-${userId}`)).body).toMatchObject({ status: 'SUCCESS' }),
    );
  };
  const coupon = { couponId: 'moved', name: 'C', quantity: 100, discount: { kind: 'PERCENT', value: 10 } };

  const first = await startChildServer(from);
  await eventually(async () => expect((await http(`${first.url}/api/coupons`, coupon)).status).toBeLessThan(300));
  for (const userId of ['ana', 'ben', 'cem']) await issued(first.url, userId);
  const exported = await runCli(['export', '--to', file, '--json'], { DATA_DIR: from });
  expect(exported).toMatchObject({ code: 0, stderr: '' });
  const { events, head } = JSON.parse(exported.stdout);
  await first.kill('SIGTERM');

  expect(await runCli(['import', file], { DATA_DIR: from })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('holds events already'),
  });
  const imported = await runCli(['import', file, '--json'], { DATA_DIR: to });
  expect(JSON.parse(imported.stdout)).toEqual({ events, head });

  const second = await startChildServer(to);
  await eventually(async () =>
    expect((await http(`${second.url}/api/coupons/issue-status/r-ana`)).body).toMatchObject({ status: 'SUCCESS' }),
  );
  const again = { userId: 'ana', requestId: 'r-again' };
  expect(await http(`${second.url}/api/coupons/moved/issue`, again)).toMatchObject({
    status: 409,
    body: { code: 'ALREADY_REQUESTED' },
  });
  for (const userId of ['dan', 'eve']) await issued(second.url, userId);
  expect(await runCli(['verify', 'coupon', 'moved'], { DATA_DIR: to })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('PASS'),
  });
});
