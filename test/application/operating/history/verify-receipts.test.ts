import { execFileSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import {
  decodeEvents,
  decodeHeader,
  encodeBody,
  encodeRecord,
} from '../../../../src/adapters/embedded/event-store/record.js';
import { openTables } from '../../../../src/adapters/embedded/event-store/tables.js';
import { canonicalJson } from '../../../../src/application/kernel/history/canonical-json.js';
import { issueReceipts, type Promised } from '../../../../src/application/kernel/history/issue-receipts.js';
import { leafOf, rootFrom } from '../../../../src/application/kernel/history/merkle-tree.js';
import { publishedSeals } from '../../../../src/application/operating/history/published-seals.js';
import { verifyReceipts } from '../../../../src/application/operating/history/verify-receipts.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { sampleEvents } from '../../../support/event-samples.js';
import { recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { newSealKey } from '../../../support/seal-key.js';
import { sealedStore, type SealedStore } from '../../../support/sealed-history.js';
import { tempDirs } from '../../../support/temp-dir.js';

const newDir = tempDirs();

const place = { topic: 'coupon-issue-requests', partition: 0, offset: 4 };
const asked = (userId: string, at = Date.now()): Promised => ({
  accepted: 'COUPON_REQUEST',
  couponId: 'spring',
  userId,
  requestId: `r-${userId}`,
  at,
  ...place,
});
const recorded = (event: { readonly type: string; readonly [field: string]: unknown }) => ({
  id: `id-${String(event['requestId'])}`,
  event,
  metadata: { correlationId: 'c', source: place },
});
const issued = (userId: string) =>
  recorded({ type: 'CouponIssued', couponId: 'spring', userId, requestId: `r-${userId}`, place: 1, at: 1 });
const rejected = (userId: string) =>
  recorded({
    type: 'CouponRequestRejected',
    couponId: 'spring',
    userId,
    requestId: `r-${userId}`,
    code: 'OUT_OF_STOCK',
    at: 1,
  });

/** Ana got one, Ben did not, nobody knows what became of Cem. */
const sale = async (): Promise<SealedStore> => {
  const store = await sealedStore(newDir());
  await answerOf(store.opened.store.append('coupon-spring', -1, [issued('ana')]));
  await answerOf(store.opened.store.append('couponRejections-spring', -1, [rejected('ben')]));
  await answerOf(store.opened.store.append('sample-1', -1, sampleEvents(900)));
  return store;
};

const verified = async ({ opened: { feed, store }, issueReceipt }: SealedStore, promises: ReadonlyArray<Promised>) => {
  const receipts = (await Promise.all(promises.map(issueReceipt))).map((receipt) => receipt ?? '');
  return answerOf(verifyReceipts({ feed, eventStore: store, clock: { now: Date.now } })(receipts));
};

test('a receipt passes with its answer, whichever it is, and the answer is proved in less than a kilobyte', async () => {
  const store = await sale();
  await store.sealAll();
  const found = await verified(store, [asked('ana'), asked('ben')]);
  expect(found.map(({ verdict }) => verdict)).toEqual(['PASS', 'PASS']);
  expect(found.map(({ checks }) => checks[1]?.detail)).toEqual(['issued, place 1', 'rejected, OUT_OF_STOCK']);
  for (const { event, proof } of found) {
    if (event === null || proof === null) throw new Error('no proof');
    const path = proof.path.map((part) => Buffer.from(part, 'base64url').toString('hex'));
    expect(rootFrom(leafOf(event), proof.index, proof.seal.count, path)).toBe(proof.seal.root);
    expect(canonicalJson(JSON.parse(event))).toBe(event);
    expect(JSON.stringify(proof).length).toBeLessThanOrEqual(1_024);
  }
  await store.close();
});

test('a receipt without an answer fails, and of another key or of nobody as well', async () => {
  const store = await sale();
  const forger = issueReceipts({
    signingKey: async () => newSealKey('forged'),
    metrics: recordingMetrics(),
    clock: wallClock,
  });
  const { feed, store: eventStore } = store.opened;
  const forged = (await forger(asked('ana'))) ?? '';
  const verify = verifyReceipts({ feed, eventStore, clock: { now: Date.now } });
  const found = [...(await verified(store, [asked('cem')])), ...(await answerOf(verify([forged, 'nothing'])))];
  expect(found.map(({ reasons }) => reasons.join())).toEqual([
    expect.stringContaining('there is no answer to what was accepted at'),
    expect.stringContaining('its key forged is not known here'),
    expect.stringContaining('this is no receipt'),
  ]);
  await store.close();
});

test('receipts and answers are held against the keys that somebody kept, where they are given', async () => {
  const store = await sale();
  await store.sealAll();
  const receipt = (await store.issueReceipt(asked('ana'))) ?? '';
  const { feed, store: eventStore } = store.opened;
  const { keys } = await answerOf(publishedSeals(eventStore)());
  const by = async (believed: typeof keys) =>
    answerOf(verifyReceipts({ feed, eventStore, clock: { now: Date.now }, keys: believed })([receipt]));
  expect(await by(keys)).toMatchObject([{ verdict: 'PASS' }]);
  const others = keys.map((key) => ({ ...key, publicKey: newSealKey().publicKey }));
  expect((await by(others)).map(({ reasons }) => reasons.join())).toEqual([
    expect.stringContaining('its signature is not of its key'),
  ]);
  await store.close();
});

test('an answer is not sealed by a seal that was signed with a key nobody published', async () => {
  const [store, forger] = [await sale(), await sale()];
  await Promise.all([store.sealAll(), forger.sealAll()]);
  const { feed, store: eventStore } = forger.opened;
  const { keys } = await answerOf(publishedSeals(store.opened.store)());
  const receipt = (await store.issueReceipt(asked('ana'))) ?? '';
  const [found] = await answerOf(verifyReceipts({ feed, eventStore, clock: { now: Date.now }, keys })([receipt]));
  expect(found?.reasons.join()).toMatch(/^the answer is sealed: the key [\w-]+ of its seal is not known here$/);
  await Promise.all([store.close(), forger.close()]);
});

test('an answer that is not sealed yet passes, and when it will be is told', async () => {
  const store = await sale();
  const [found] = await verified(store, [asked('ana')]);
  expect(found).toMatchObject({ verdict: 'PASS', proof: null });
  expect(found?.checks[2]?.detail).toMatch(/^not yet: it is to be sealed by \d{4}-/);
  await store.close();
});

/** Of what was issued, the event of this revision. */
const changePlace = async ({ opened, root }: SealedStore, revision: number): Promise<void> => {
  const [issued] = await answerOf(opened.store.readStream('coupon-spring', revision, 1));
  const { records } = openTables(root);
  const at = issued?.position ?? -1;
  const record = records.get(at) ?? Buffer.alloc(0);
  const changed = decodeEvents(record, at).map((each) => ({ ...each, event: { ...each.event, place: 9 } }));
  await records.put(at, encodeRecord(decodeHeader(record), encodeBody(changed)));
};

test('an answer that was changed after it was sealed fails: it is none that waits for its seal', async () => {
  const store = await sale();
  await store.sealAll();
  await changePlace(store, 0);
  const found = await verified(store.reopened(), [asked('ana'), asked('ben')]);
  expect(found.map(({ verdict }) => verdict)).toEqual(['FAIL', 'FAIL']);
  expect(found.map(({ reasons }) => reasons.join())).toEqual([
    expect.stringMatching(/^the answer is sealed: no seal proves it/),
    expect.stringMatching(/^the answer is sealed: no seal proves it/),
  ]);
  await store.close();
});

test('an answer that was changed fails though it is the very last event that is sealed, also when more is sealed', async () => {
  const store = await sale();
  await store.sealAll();
  await answerOf(store.opened.store.append('coupon-spring', 0, [issued('dan')]));
  await answerOf(store.opened.store.append('coupon-spring', 1, [issued('eve')]));
  await store.sealAll();
  await changePlace(store, 2);
  const reopened = store.reopened();
  expect(await verified(reopened, [asked('eve')])).toMatchObject([{ verdict: 'FAIL' }]);

  const seals = (await reopened.seals()).length;
  await answerOf(reopened.opened.store.append('coupon-spring', 2, [issued('fay')]));
  const sealing = await reopened.startSealing();
  await eventually(async () => (await reopened.seals()).length > seals);
  await sealing.stop();
  const found = await verified(reopened, [asked('dan'), asked('eve'), asked('fay')]);
  expect(found.map(({ verdict }) => verdict)).toEqual(['FAIL', 'FAIL', 'PASS']);
  await store.close();
});

test('an answer is proved though the store has dropped everything that the seal before is of', async () => {
  const store = await sale();
  await store.sealAll();
  const { store: events, sweep } = store.opened;
  await answerOf(events.append('couponRejections-spring', 0, [rejected('cem')]));
  await store.sealAll();
  await answerOf(events.append('coupon-spring', 0, [issued('dan')]));
  await store.sealAll();
  await answerOf(events.keepFor('couponRejections-spring', 0));
  expect(await answerOf(sweep())).toBe(2);
  const [found] = await verified(store.reopened(), [asked('dan')]);
  expect(found).toMatchObject({ verdict: 'PASS', proof: { seal: { count: 1 } } });
  await store.close();
});

test('a receipt is answered by what was issued after an operator had the request decided anew', async () => {
  const store = await sale();
  const { store: events } = store.opened;
  const unprocessable = recorded({ ...rejected('cem').event, code: 'UNPROCESSABLE' });
  const { code: _, ...request } = rejected('cem').event;
  const withdrawn = recorded({ ...request, type: 'CouponRejectionWithdrawn', deadLetterId: 'd' });
  const answers = [unprocessable, { ...withdrawn, id: 'id-withdrawn' }];
  await answerOf(events.append('couponRejections-spring', 0, answers));
  expect(await verified(store, [asked('cem')])).toMatchObject([{ verdict: 'FAIL' }]);
  await answerOf(events.append('coupon-spring', 0, [issued('cem')]));
  const [found] = await verified(store, [asked('cem')]);
  expect(found).toMatchObject({ verdict: 'PASS' });
  expect(found?.checks[1]?.detail).toBe('issued, place 1');
  await store.close();
});

test('a receipt older than rejections are kept passes without an answer, and says that it is too old to tell', async () => {
  const store = await sale();
  const [found] = await verified(store, [asked('cem', Date.now() - 8 * 86_400_000)]);
  expect(found).toMatchObject({ verdict: 'PASS' });
  expect(found?.checks[1]?.detail).toContain('too old to tell');
  await store.close();
});

test('a receipt for an order passes with the order', async () => {
  const store = await sale();
  await answerOf(
    store.opened.store.append('order-1', -1, [recorded({ type: 'OrderCreated', orderId: '1', requestId: 'o' })]),
  );
  const order = (orderId: string): Promised => ({
    accepted: 'ORDER',
    orderId,
    userId: 'ana',
    total: 5,
    at: Date.now(),
  });
  const found = await verified(store, [order('1'), order('2')]);
  expect(found.map(({ verdict }) => verdict)).toEqual(['PASS', 'FAIL']);
  await store.close();
});

/** Receipts with their answers, as they are given away, and the keys to check them with. */
const givenAway = async () => {
  const store = await sale();
  await store.sealAll();
  const found = await verified(store, [asked('ana'), asked('ben')]);
  const { keys } = await answerOf(publishedSeals(store.opened.store)());
  await store.close();
  const published = keys.map(({ keyId: kid, publicKey: x }) => ({ kid, kty: 'OKP', crv: 'Ed25519', x }));
  const proofs = found.map(({ receipt, event, proof }) => ({ receipt, event, proof }));
  const changed = proofs.map((each) => ({ ...each, event: each.event?.replace('spring', 'autumn') }));
  return { proofs, changed, keys: { keys: published } };
};

test('the program in docs/receipts.md finds receipts and answers genuine, and changed ones not', async () => {
  const { proofs, changed, keys } = await givenAway();
  const [, program = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/receipts.md', 'utf8')) ?? [];
  const directory = newDir();
  const check = (given: unknown): ReadonlyArray<string> => {
    const files = { 'check.mjs': program, 'proofs.json': JSON.stringify(given), 'keys.json': JSON.stringify(keys) };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    const said = execFileSync('node', ['check.mjs', 'proofs.json', 'keys.json'], { cwd: directory, encoding: 'utf8' });
    return said
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 11));
  };
  expect(check(proofs)).toEqual(['PASS receip', 'PASS answer', 'PASS receip', 'PASS answer']);
  expect(check(changed)).toEqual(['PASS receip', 'FAIL answer', 'PASS receip', 'FAIL answer']);
});

test('web/verify.html finds the same, and asks nobody', async () => {
  const { proofs, changed, keys } = await givenAway();
  const page = readFileSync('web/verify.html', 'utf8');
  expect(page).not.toMatch(/https?:|\bsrc=|<link|fetch\(/);
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  const check = (given: unknown, by: unknown): unknown =>
    runInNewContext(`${script}; checkProofs(${JSON.stringify(given)}, ${JSON.stringify(by)})`, {
      crypto: webcrypto,
      TextEncoder,
      TextDecoder,
      atob,
    });
  const genuine = { receipt: true, answer: true };
  expect(await check(proofs, keys)).toMatchObject([genuine, genuine]);
  expect(await check(changed, keys)).toMatchObject([
    { ...genuine, answer: false },
    { ...genuine, answer: false },
  ]);
  const [first] = proofs;
  expect(await check(proofs, { keys: [] })).toMatchObject([
    { receipt: false, answer: false },
    { receipt: false, answer: false },
  ]);
  const damaged = ['no receipt', 'a.b.c~damaged~0~', undefined].map((receipt) => ({
    receipt,
    event: null,
    proof: null,
  }));
  expect(await check([...damaged, first], keys)).toMatchObject([
    ...damaged.map(() => ({ receipt: false, answer: null })),
    genuine,
  ]);
});
