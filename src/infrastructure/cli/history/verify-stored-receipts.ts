import { either as E } from 'fp-ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Check } from '../../../application/kernel/audit/audit.js';
import { whenUnreadable } from '../../../application/kernel/writer/load-aggregate.js';
import { type ReceiptVerified, verifyReceipts } from '../../../application/operating/history/verify-receipts.js';
import { systemClock } from '../../system/system-clock.js';
import { type Outcome } from '../command.js';
import { configured } from '../configured.js';
import { CallFailed } from '../failures.js';
import { shownChecks, type Terminal } from '../terminal.js';
import { storedEvents } from './engines.js';
import { readPublished } from './published-file.js';

const RECEIPT = /[\w-]+\.[\w-]+\.[\w-]+~[\w-]+~\d+~[\w-]*/g;

/** Every receipt in a file, with any text around them: one per line, or whole answers. Throws CallFailed. */
const receiptsIn = (file: string): ReadonlyArray<string> => {
  if (!existsSync(file)) throw new CallFailed(`There is no file ${file}`, 'NO_FILE');
  const found = readFileSync(file, 'utf8').match(RECEIPT);
  if (found === null) throw new CallFailed(`There is no receipt in ${file}`, 'NO_RECEIPT');
  return [...new Set(found)];
};

/** Verifies the receipts in a file against the stored events, beside the server where there is one. Rejects with CallFailed. */
const receiptsVerified = async (file: string, keysFile?: string): Promise<ReadonlyArray<ReceiptVerified>> => {
  const receipts = receiptsIn(file);
  const believed = keysFile === undefined ? {} : { keys: readPublished(keysFile).keys };
  const { close, ...stored } = await storedEvents(configured());
  try {
    const verify = verifyReceipts({ feed: stored, eventStore: stored, clock: systemClock, ...believed })(receipts);
    const verified = await verify().catch(
      whenUnreadable((error) => {
        throw new CallFailed(`They cannot be judged: ${error.message}`, 'STREAM_UNREADABLE');
      }),
    );
    if (E.isLeft(verified)) throw new CallFailed('The event store does not answer', verified.left.code);
    return verified.right;
  } finally {
    await close();
  }
};

/**
 * The receipts in a file as one check of a coupon: each of this coupon is genuine and answered, and whatever claims to be a
 * receipt of it is one. Those of other coupons and of orders are not looked at. Rejects with CallFailed.
 */
export const receiptsOfCoupon = async (couponId: string, file: string, keys?: string): Promise<Check> => {
  const all = await receiptsVerified(file, keys);
  const theirs = all.filter(
    ({ promised }) => promised === null || (promised.accepted === 'COUPON_REQUEST' && promised.couponId === couponId),
  );
  const failed = theirs.filter(({ verdict }) => verdict === 'FAIL');
  const name = 'every receipt given is genuine and answered';
  if (theirs.length === 0) return { name, ok: false, detail: `none of ${all.length} receipts is of this coupon` };
  const [first] = failed;
  return first === undefined
    ? { name, ok: true, detail: `${theirs.length} receipts` }
    : {
        name,
        ok: false,
        detail: `${failed.length} of ${theirs.length}: ${nameOf(first)}: ${first.reasons.join('; ')}`,
      };
};

const nameOf = ({ promised }: ReceiptVerified): string => {
  if (promised === null) return 'receipt';
  return promised.accepted === 'ORDER'
    ? `receipt of ${promised.userId} for order ${promised.orderId}`
    : `receipt of ${promised.userId} for coupon ${promised.couponId}, request ${promised.requestId}`;
};

export interface ReceiptsToVerify {
  readonly file: string;
  /** A file to write the proofs to, for people who verify them without this server. */
  readonly proofs?: string;
  /** What the server published some day, in a file: only its keys are believed. */
  readonly keys?: string;
}

/** `verify receipt FILE`: PASS where each receipt is genuine and has its answer. Rejects with CallFailed. */
export const verifyStoredReceipts = async (
  { file, proofs, keys }: ReceiptsToVerify,
  terminal: Terminal,
): Promise<Outcome> => {
  const receipts = await receiptsVerified(file, keys);
  const verdict = receipts.every((each) => each.verdict === 'PASS') ? 'PASS' : 'FAIL';
  if (proofs !== undefined)
    writeFileSync(
      proofs,
      `${JSON.stringify(
        receipts.map(({ receipt, event, proof }) => ({ receipt, event, proof })),
        null,
        2,
      )}\n`,
    );
  terminal.print({ verdict, receipts }, () =>
    receipts.map((each) => [`${each.verdict} ${nameOf(each)}`, ...shownChecks(each.checks)].join('\n')).join('\n'),
  );
  return verdict === 'PASS' ? 'done' : 'failed';
};
