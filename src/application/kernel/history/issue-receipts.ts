import { type Metrics } from '../../ports/metrics.js';
import { type IssueReceipt } from '../../ports/receipts.js';
import { type SigningKey } from '../../ports/seal-keys.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { leafOf, merkleTree } from './merkle-tree.js';
import { receiptText, signingInput } from './receipt.js';

export interface IssueReceiptsPorts {
  readonly signingKey: SigningKey;
  readonly metrics: Metrics;
}

interface Waiting {
  readonly statement: string;
  readonly settle: (receipt: string | null) => void;
}

/** Statements under one signature: their paths stay short. */
const MOST_AT_ONCE = 64;

/**
 * One signature for all statements that wait: a signature costs half as much as everything else about a request, and what one
 * append to the log has accepted comes at once.
 */
export const issueReceipts = ({ signingKey, metrics }: IssueReceiptsPorts): IssueReceipt => {
  let waiting: Waiting[] = [];
  let isRunning = false;

  const receiptsOf = async (group: ReadonlyArray<Waiting>): Promise<ReadonlyArray<string> | null> => {
    const key = await signingKey();
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
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      // Whoever was answered by the same append is here by then.
      await yieldToEventLoop();
      const group = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      await settleAll(group);
    }
    isRunning = false;
  };

  return (promised) =>
    new Promise((settle) => {
      const one = { statement: JSON.stringify(promised), settle };
      // Orders come one by one, and who repeats theirs is given the same answer.
      if (promised.accepted === 'ORDER') return void settleAll([one]);
      waiting.push(one);
      if (!isRunning) void run();
    });
};
