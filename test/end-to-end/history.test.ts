import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runCli, startChildServer } from '../support/server/child-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

const QUANTITY = 100;

const newFile = (name: string, content: string): string => {
  const file = join(newDir(), name);
  writeFileSync(file, content);
  return file;
};

test('a history exported beside a running server, imported elsewhere, sells on and is proved from its events', async () => {
  const [from, to, file] = [newDir(), newDir(), join(newDir(), 'history.ndjson')];
  const issued = async (url: string, userId: string): Promise<string | null> => {
    const asked = { userId, requestId: `r-${userId}` };
    const { status, body } = await http(`${url}/api/coupons/moved/issue`, asked);
    expect(status).toBe(202);
    await eventually(async () =>
      expect((await http(`${url}/api/coupons/issue-status/r-${userId}`)).body).toMatchObject({ status: 'SUCCESS' }),
    );
    return z.object({ receipt: z.string().nullable().default(null) }).parse(body).receipt;
  };
  const coupon = { couponId: 'moved', name: 'C', quantity: QUANTITY, discount: { kind: 'PERCENT', value: 10 } };

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
  // A server that has just started answers without one until it has its key.
  const receipts: string[] = [];
  for (let n = 0; receipts.length < 2 && n < QUANTITY - 10; n += 1) {
    const receipt = await issued(second.url, `later-${n}`);
    if (receipt !== null) receipts.push(receipt);
  }

  // What somebody has who does not trust the shop, and what they find out with the program in the documentation.
  const published = await (await fetch(`${second.url}/.well-known/doorbuster-seals`)).text();
  const [keys, given] = [newFile('keys.json', published), newFile('receipts.txt', receipts.join('\n'))];
  const withReceipts = ['verify', 'coupon', 'moved', '--receipts', given, '--keys', keys];
  expect(await runCli(withReceipts, { DATA_DIR: to })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('every receipt given is genuine and answered: 2 receipts'),
  });
  const proofs = join(newDir(), 'proofs.json');
  await eventually(async () => {
    const verified = await runCli(['verify', 'receipt', given, '--keys', keys, '--proofs', proofs], { DATA_DIR: to });
    expect(verified).toMatchObject({ code: 0 });
    expect(readFileSync(proofs, 'utf8')).not.toContain('"proof": null');
  });
  const [, program = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/receipts.md', 'utf8')) ?? [];
  const said = execFileSync(process.execPath, [newFile('check.mjs', program), proofs, keys], { encoding: 'utf8' });
  expect(said.match(/^(PASS|FAIL) \w+/gm)).toEqual(['PASS receipt', 'PASS answer', 'PASS receipt', 'PASS answer']);
  expect(await runCli(['verify', 'history', '--keys', keys], { DATA_DIR: to })).toMatchObject({ code: 0 });

  // The same receipts against a history that never answered them.
  const lost = await runCli(['verify', 'coupon', 'moved', '--receipts', given, '--keys', keys], { DATA_DIR: from });
  expect(lost).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^FAIL coupon moved[\s\S]*there is no answer to what was accepted/),
  });
});
