import { issueReceipts, type Promised } from '../../../../src/application/kernel/history/issue-receipts.js';
import { isGenuine, parseReceipt, type Receipt } from '../../../../src/application/kernel/history/receipt.js';
import { type SealKey } from '../../../../src/application/ports/seal-keys.js';
import { eventually } from '../../../support/eventually.js';
import { recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { newSealKey } from '../../../support/seal-key.js';

const place = { topic: 'coupon-issue-requests', partition: 1 };
const request = (offset: number): Promised => ({
  accepted: 'COUPON_REQUEST',
  couponId: 'spring',
  userId: `user-${offset}`,
  requestId: '5b0f1c1a-6a52-4f4e-9d3e-0d2f6a2c9a11',
  at: 1_795_780_800_000,
  offset,
  ...place,
});

const parsed = (text: string | null): Receipt => {
  const receipt = parseReceipt(text ?? '');
  if (receipt === null) throw new Error(`no receipt: ${text}`);
  return receipt;
};

const counting = (key: SealKey) => {
  let signatures = 0;
  const signing: SealKey = {
    ...key,
    sign: (bytes) => {
      signatures++;
      return key.sign(bytes);
    },
  };
  return { signing, signatures: () => signatures };
};

test('requests accepted together share a signature, and each receipt can be verified alone', async () => {
  const { signing, signatures } = counting(newSealKey());
  const issue = issueReceipts({ signingKey: async () => signing, metrics: recordingMetrics(), clock: wallClock });
  const receipts = await Promise.all(Array.from({ length: 600 }, (_, offset) => issue(request(offset))));
  expect(signatures()).toBe(10);
  for (const [offset, text] of receipts.entries()) {
    const receipt = parsed(text);
    expect(receipt.keyId).toBe(signing.keyId);
    expect(isGenuine(receipt, signing)).toBe(true);
    expect(JSON.parse(receipt.statement)).toEqual(request(offset));
    expect(text?.length).toBeLessThanOrEqual(1_024);
  }
});

test('a receipt is good neither for another statement nor by another key', async () => {
  const key = newSealKey();
  const issue = issueReceipts({ signingKey: async () => key, metrics: recordingMetrics(), clock: wallClock });
  const [first, second] = (await Promise.all([issue(request(1)), issue(request(2))])).map(parsed);
  if (first === undefined || second === undefined) throw new Error('two were asked for');
  expect(isGenuine({ ...first, statement: second.statement }, key)).toBe(false);
  expect(isGenuine({ ...first, index: 1 }, key)).toBe(false);
  expect(isGenuine({ ...first, root: second.path[0] ?? '' }, key)).toBe(false);
  expect(isGenuine(first, newSealKey())).toBe(false);
  expect(isGenuine(first, { publicKey: 'none' })).toBe(false);
});

test('while nobody can sign there is no receipt, and that is counted', async () => {
  const metrics = recordingMetrics();
  const failing: SealKey = { ...newSealKey(), sign: () => Promise.reject(new Error('no')) };
  expect(await issueReceipts({ signingKey: async () => null, metrics, clock: wallClock })(request(1))).toBeNull();
  expect(await issueReceipts({ signingKey: async () => failing, metrics, clock: wallClock })(request(1))).toBeNull();
  expect(metrics.values.get('receipts_missing_total')).toBe(2);
});

test('what is no receipt is none', () => {
  for (const text of ['', 'a.b.c', 'e30.e30.AA~e30~0~', 'x'.repeat(5_000)]) expect(parseReceipt(text)).toBeNull();
});

test('nobody waits long for a key that is late: the answer goes without a receipt, and those behind it at once', async () => {
  let find: (key: SealKey) => void = () => undefined;
  const found = new Promise<SealKey>((resolve) => (find = resolve));
  const wakes: Array<() => void> = [];
  const wakeIn = (_: number, wake: () => void) => {
    wakes.push(wake);
    return () => undefined;
  };
  const metrics = recordingMetrics();
  const issue = issueReceipts({ signingKey: () => found, metrics, clock: { wakeIn } });
  const first = issue(request(1));
  await eventually(() => expect(wakes).toHaveLength(1));
  wakes.forEach((wake) => wake());
  expect(await first).toBeNull();
  expect(await issue(request(2))).toBeNull();
  expect(wakes).toHaveLength(1);
  find(newSealKey());
  await found;
  await eventually(async () => expect(await issue(request(3))).not.toBeNull());
});
