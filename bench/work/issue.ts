import { type Container } from 'inversify';
import { couponRequestMessage } from '../../src/application/coupon/coupon-request-message.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../src/application/kernel/messaging/topics.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { must } from './container.js';
import { requestOf, userOf } from './coupons.js';

/** As the worker process takes them. */
const BATCH = 1_000;
const IN_FLIGHT = 5_000;

export interface Ask {
  readonly couponId: string;
  /** Of the user. */
  readonly n: number;
}

export interface Decided {
  readonly wallMs: number;
  readonly cpuUs: number;
}

/** Puts requests into the log, durably; in order per coupon. */
export const publishAll = async (container: Container, asks: ReadonlyArray<Ask>): Promise<void> => {
  const log = container.get(Tokens.MessageLog);
  for (let from = 0; from < asks.length; from += IN_FLIGHT)
    await Promise.all(
      asks.slice(from, from + IN_FLIGHT).map(({ couponId, n }) => {
        const requestId = requestOf(couponId, n);
        const admission = { couponId, userId: userOf(n), requestId, at: Date.now() };
        return must(log.publish(COUPON_ISSUE_REQUESTS, couponRequestMessage(admission, { correlationId: requestId })));
      }),
    );
};

const cpuNow = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Decides what stands in the log, `expected` messages: from the first batch handed over until the last one is on disk. */
export const decideAll = async (container: Container, expected: number): Promise<Decided> => {
  const decide = container.get(Tokens.DecideCouponRequests);
  let [start, cpu, left] = [0, 0, expected];
  let isDone: (decided: Decided) => void = () => undefined;
  const done = new Promise<Decided>((resolve) => (isDone = resolve));
  const consumer = await must(
    container.get(Tokens.MessageLog).subscribe({
      topic: COUPON_ISSUE_REQUESTS,
      group: COUPON_ISSUE_GROUP,
      batchSize: BATCH,
      handle: async (batch) => {
        if (start === 0) [start, cpu] = [performance.now(), cpuNow()];
        await decide(batch);
        left -= batch.messages.length;
        if (left <= 0) isDone({ wallMs: performance.now() - start, cpuUs: cpuNow() - cpu });
      },
    }),
  );
  const decided = await done;
  await consumer.stop();
  return decided;
};
