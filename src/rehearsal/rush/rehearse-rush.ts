import { randomUUID } from 'node:crypto';
import { planRush } from './plan-rush.js';
import { judge, issuedOf } from '../judge.js';
import { type RehearsalOptions } from '../options.js';
import { createSaleClient, type SaleClient } from '../client/sale-client.js';
import { rush, type Rush } from './rush.js';
import { verdictOf, type Verdict } from '../verdict.js';

export interface RehearseOptions extends RehearsalOptions {
  readonly quantity: number;
  /** Share of the users who ask twice, 0–1. */
  readonly duplicates: number;
}

export interface Rehearsal {
  readonly couponId: string;
  readonly asked: number;
  readonly rush: Rush;
  readonly issued: number;
  /** What the people who took part saw go wrong. */
  readonly faults: ReadonlyArray<string>;
  /** What the events say: `doorbuster verify coupon`. */
  readonly verify: Verdict;
  readonly passed: boolean;
}

const WARM_SOCKETS = 64;

/** A connection costs a handshake: people who wait for the opening have made theirs before. */
export const openSockets = async (client: SaleClient, couponId: string, sockets = WARM_SOCKETS): Promise<void> => {
  await Promise.all(Array.from({ length: sockets }, () => client.coupon(couponId)));
};

/** A whole sale over HTTP: a coupon, everyone at once, and then two judges: the people, and the events. */
export const rehearse = async (options: RehearseOptions): Promise<Rehearsal> => {
  const { users, quantity, sockets, finalWithinMs, onProgress } = options;
  const client = createSaleClient({ ...options, timeoutMs: 60_000 });
  try {
    const couponId = `rehearsal-${randomUUID()}`;
    await client.create(quantity, couponId);
    await openSockets(client, couponId);
    const asks = planRush(options);
    const seen = await rush({
      client,
      couponId,
      asks,
      inFlight: sockets,
      finalWithinMs,
      onProgress: (answered, decided, accepted) =>
        answered < asks.length
          ? onProgress?.(answered, asks.length, 'requests to be answered')
          : onProgress?.(decided, accepted, 'accepted requests to be decided'),
    });
    onProgress?.(0, 1, 'what the coupon and its verification say');
    const told = [...seen.finals.values()].filter(({ status }) => status === 'SUCCESS').length;
    const issued = await issuedOf(client, couponId, told);
    const faults = judge({ ...seen, users, quantity, answers: seen.answers.keys(), issued });
    const verify = await verdictOf(client, 'coupons', couponId);
    const passed = faults.length === 0 && verify.verdict === 'PASS';
    return { couponId, asked: asks.length, rush: seen, issued, faults, verify, passed };
  } finally {
    await client.close();
  }
};
