import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, startChildServer } from '../support/server/child-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const QUANTITY = 5_000;

test('backed up in the middle of a rush, killed, its data deleted and restored: what had been accepted before is answered', async () => {
  const directory = join(newDir(), 'data');
  const backups = newDir();
  const variables = { DATA_DIR: directory };
  const server = await startChildServer(directory);
  const coupon = { couponId: 'saved', name: 'C', quantity: QUANTITY, discount: { kind: 'PERCENT', value: 10 } };
  await eventually(async () => expect((await http(`${server.url}/api/coupons`, coupon)).status).toBeLessThan(300));

  const accepted: string[] = [];
  let isOver = false;
  const lane = async (name: string): Promise<void> => {
    for (let n = 0; !isOver; n += 1) {
      const userId = `${name}-${n}`;
      const body = { userId, requestId: `r-${userId}` };
      const answer = await http(`${server.url}/api/coupons/saved/issue`, body).catch(() => null);
      if (answer?.status === 202) accepted.push(userId);
    }
  };
  const lanes = Array.from({ length: 8 }, (_, n) => lane(`lane${n}`));
  await eventually(() => expect(accepted.length).toBeGreaterThan(50));

  expect(await runCli(['backup', join(backups, 'full')], variables)).toMatchObject({ code: 0 });
  const acceptedBefore = [...accepted];
  const since = ['backup', join(backups, 'later'), '--since', join(backups, 'full'), '--json'];
  const later = await runCli(since, variables);
  expect(later).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(later.stdout)).toMatchObject({ backup: join(backups, 'later'), takenAt: expect.any(String) });

  await server.kill('SIGKILL');
  isOver = true;
  await Promise.all(lanes);
  rmSync(directory, { recursive: true });

  expect(await runCli(['restore', join(backups, 'later')], variables)).toMatchObject({ code: 0 });
  expect(await runCli(['restore', join(backups, 'later')], variables)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not empty'),
  });
  expect(await runCli(['check'], variables)).toMatchObject({ code: 0, stdout: expect.stringContaining('PASS') });

  const restored = await startChildServer(directory);
  for (const userId of acceptedBefore)
    await eventually(async () => {
      const status = `/api/coupons/issue-status/r-${userId}?couponId=saved&userId=${userId}`;
      expect((await http(`${restored.url}${status}`)).body).toMatchObject({ status: 'SUCCESS' });
    });
  const verified = await runCli(['verify', 'coupon', 'saved'], variables);
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('PASS') });
  const again = { userId: 'after', requestId: 'r-after' };
  expect(await http(`${restored.url}/api/coupons/saved/issue`, again)).toMatchObject({ status: 202 });
});
