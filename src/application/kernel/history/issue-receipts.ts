import { type Clock } from '../../ports/clock.js';
import { type Metrics } from '../../ports/metrics.js';
import { type SigningKey } from '../../ports/seal-keys.js';
import { inTime } from '../in-time.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { leafOf, merkleTree } from './merkle-tree.js';
import { receiptText, signingInput } from './receipt.js';

/** What somebody was promised. Ids are those of the API; `at` is epoch milliseconds. */
export type Promised =
  | {
      readonly accepted: 'COUPON_REQUEST';
      readonly couponId: string;
      readonly userId: string;
      readonly requestId: string;
      readonly at: number;
      /** Where the request stands in the log: the order of acceptance. */
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
    }
  | {
      readonly accepted: 'ORDER';
      readonly orderId: string;
      readonly userId: string;
      readonly total: number;
      readonly at: number;
    };
/**
 * A signed statement of what was promised, to be given to whom it was promised. Null while nobody can sign: what was accepted
 * is accepted all the same.
 */
export type IssueReceipt = (promised: Promised) => Promise<string | null>;

export interface IssueReceiptsPorts {
  readonly signingKey: SigningKey;
  readonly metrics: Metrics;
  readonly clock: Pick<Clock, 'wakeIn'>;
}

interface Waiting {
  readonly statement: string;
  readonly settle: (receipt: string | null) => void;
}

/** Statements under one signature: their paths stay short. */
const MOST_AT_ONCE = 64;
/** An answer waits no longer than this for the key: it is as valid without a receipt, and later answers get one. */
const KEY_WITHIN_MS = 200;

/** The key, or null if it does not come soon; until a late one has come, no other call waits for it. */
const keyInTime = (signingKey: SigningKey, clock: Pick<Clock, 'wakeIn'>): SigningKey => {
  let asked: ReturnType<SigningKey> | null = null;
  let late: ReturnType<SigningKey> | null = null;
  return async () => {
    if (asked !== null && asked === late) return null;
    const asking = (asked ??= signingKey().finally(() => (asked = null)));
    const key = await inTime(clock, KEY_WITHIN_MS, asking);
    if (key === undefined) late = asking;
    return key ?? null;
  };
};

/**
 * One signature for all statements that wait: a signature costs half as much as everything else about a request, and what one
 * append to the log has accepted comes at once.
 */
export const issueReceipts = ({ signingKey, metrics, clock }: IssueReceiptsPorts): IssueReceipt => {
  const findKey = keyInTime(signingKey, clock);
  let waiting: Waiting[] = [];

  const receiptsOf = async (group: ReadonlyArray<Waiting>): Promise<ReadonlyArray<string> | null> => {
    const key = await findKey();
    if (key === null) return null;
    const tree = merkleTree(group.map(({ statement }) => leafOf(statement)));
    const signed = signingInput(key.keyId, tree, group.length);
    const jws = `${signed}.${await key.sign(Buffer.from(signed))}`;
    const paths = tree.paths();
    return group.map(({ statement }, index) => receiptText(jws, statement, index, paths[index] ?? ''));
  };
  const settleAll = async (group: ReadonlyArray<Waiting>): Promise<void> => {
    const receipts = await receiptsOf(group).catch(() => null);
    if (receipts === null) metrics.count('receipts_missing_total', {}, group.length);
    group.forEach(({ settle }, index) => settle(receipts?.[index] ?? null));
  };
  /** Groups side by side: nobody waits for the signature of others. */
  const settleWaiting = async (): Promise<void> => {
    // By the next turn everyone accepted by the same append is here.
    await yieldToEventLoop();
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += MOST_AT_ONCE) void settleAll(all.slice(at, at + MOST_AT_ONCE));
  };

  return (promised) =>
    new Promise((settle) => {
      const one = { statement: JSON.stringify(promised), settle };
      // Orders come one by one, and a repeated order gets the same receipt.
      if (promised.accepted === 'ORDER') return void settleAll([one]);
      if (waiting.push(one) === 1) void settleWaiting();
    });
};
