import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportHistory } from '../../../../src/application/operating/history/export-history.js';
import { publishedSeals } from '../../../../src/application/operating/history/published-seals.js';
import { answerOf } from '../../../support/answer-of.js';
import { sampleEvents } from '../../../support/event-samples.js';
import { sealedStore } from '../../../support/sealed-history.js';
import { tempDirs } from '../../../support/temp-dir.js';

const newDir = tempDirs();
const TOPIC = 'coupon-issue-requests';

const decided = (offset: number, event: { readonly type: string; readonly userId: string }) => ({
  id: `id-${offset}`,
  event: { couponId: 'spring', requestId: `r-${event.userId}`, at: 1, ...event },
  metadata: { correlationId: 'c', source: { topic: TOPIC, partition: 0, offset } },
});
const issued = (offset: number, userId: string, place: number) =>
  decided(offset, { type: 'CouponIssued', userId, ...{ place } });

/** The history of a sale as it is given away, with the keys of that day and a receipt of each who asked. */
const givenAway = async (...late: ReadonlyArray<ReturnType<typeof issued>>) => {
  const store = await sealedStore(newDir());
  const { feed, store: eventStore } = store.opened;
  await answerOf(eventStore.append('sample-1', -1, sampleEvents(5)));
  await answerOf(eventStore.append('coupon-spring', -1, [issued(4, 'ana', 1)]));
  const soldOut = decided(5, { type: 'CouponRequestRejected', userId: 'ben', ...{ code: 'OUT_OF_STOCK' } });
  await answerOf(eventStore.append('couponRejections-spring', -1, [soldOut]));
  if (late.length > 0) await answerOf(eventStore.append('coupon-spring', 0, late));
  await store.sealAll();
  const receiptOf = async (userId: string, offset: number) =>
    (await store.issueReceipt({
      accepted: 'COUPON_REQUEST',
      ...{ couponId: 'spring', userId, requestId: `r-${userId}`, at: 1, topic: TOPIC, partition: 0, offset },
    })) ?? '';
  const receipts = { ana: await receiptOf('ana', 4), ben: await receiptOf('ben', 5) };
  const lines: string[] = [];
  for await (const line of exportHistory(feed, await answerOf(feed.head()))) lines.push(JSON.stringify(line));
  const { keys, last } = await answerOf(publishedSeals(eventStore)());
  await store.close();
  const published = keys.map(({ keyId: kid, publicKey: x }) => ({ kid, kty: 'OKP', crv: 'Ed25519', x }));
  return { lines, published: { keys: published, last }, receipts };
};

/** What the program in the documentation says. */
const said = (lines: ReadonlyArray<string>, published: unknown, receipt: string): string => {
  const documentation = readFileSync('docs/receipts.md', 'utf8');
  const [, program = ''] = /`node history\.mjs[\s\S]*?```js\n([\s\S]*?)```/.exec(documentation) ?? [];
  const directory = newDir();
  const files = { 'history.mjs': program, 'history.ndjson': lines.join('\n'), 'keys.json': JSON.stringify(published) };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const args = ['history.mjs', 'history.ndjson', 'keys.json', receipt];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8', timeout: 60_000 });
  return stdout + stderr;
};

test('a program written from the documentation finds a fair sale fair, for who got a coupon and for who came too late', async () => {
  const { lines, published, receipts } = await givenAway();
  expect(said(lines, published, receipts.ana)).toMatch(
    /^PASS \d seals of 9 events; 0 are not sealed yet\nPASS you have/,
  );
  expect(said(lines, published, receipts.ben)).toMatch(/^PASS [^\n]*\nPASS 0 who asked after you got one\n$/);
});

test('a program written from the documentation finds that somebody who asked later was preferred', async () => {
  const { lines, published, receipts } = await givenAway(issued(6, 'mallory', 2));
  expect(said(lines, published, receipts.ben)).toMatch(/^PASS [^\n]*\nFAIL 1 who asked after you got one\n$/);
});

test('a program written from the documentation names the first event that was changed, left out, put in or moved', async () => {
  const { lines, published, receipts } = await givenAway();
  const at = lines.findIndex((line) => line.includes('CouponIssued'));
  const [line = '', next = ''] = lines.slice(at);
  const mallory = line.replaceAll('ana', 'mallory');
  const notThis = (event: string) => new RegExp(`^FAIL seal \\d: it is not this event that was sealed: .*${event}`);
  const tampered: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
    [lines.with(at, mallory), notThis('mallory')],
    [lines.toSpliced(at, 1), notThis('CouponRequestRejected')],
    [lines.toSpliced(at, 0, mallory), notThis('mallory')],
    [lines.with(at, next).with(at + 1, line), notThis('CouponRequestRejected')],
  ];
  for (const [history, found] of tampered) expect(said(history, published, receipts.ben)).toMatch(found);
});

test('a program written from the documentation believes no seal of another key, and misses one that was cut off or replaced', async () => {
  const [{ lines, published, receipts }, other] = [await givenAway(), await givenAway()];
  const seals = lines.filter((line) => line.includes('HistorySealed'));
  const cut = lines.filter((line) => line !== seals.at(-1));
  expect(said(cut, published, receipts.ben)).toMatch(/^FAIL seal \d, which was published, is not in this history/);
  expect(said(other.lines, published, receipts.ben)).toMatch(
    /^FAIL seal 0 was signed with the key [\w-]+, which was not/,
  );
  const withTheirKeys = { ...other.published, last: published.last };
  expect(said(other.lines, withTheirKeys, receipts.ben)).toMatch(/which was published, is not in this history/);
});
