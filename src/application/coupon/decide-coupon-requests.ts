import { either as E } from 'fp-ts';
import { type SnapshotKeeper } from '../kernel/writer/keep-snapshots.js';
import { type LoadAggregatePorts, UnreadableStream } from '../kernel/writer/load-aggregate.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { parkKey, type Parks } from '../kernel/writer/park-key.js';
import { type LoggedMessage, type MessageBatch } from '../ports/message-log.js';
import { type Metrics } from '../ports/metrics.js';
import { couponAggregate } from './coupon-aggregate.js';
import { couponRejectionsAggregate } from './coupon-rejections-aggregate.js';
import { couponRejectionsStream, couponStream } from './coupon-streams.js';
import { type HeldCoupon, heldCoupons } from './held-coupons.js';
import { type ReadMessage, readMessage, type Settled, settleInOrder, type SettleRequest } from './settle-in-order.js';
import { writeSettled, type WriteError, type WriteSettledPorts } from './write-settled.js';

export interface DecideCouponRequestsPorts extends LoadAggregatePorts, WriteSettledPorts, Parks {
  readonly snapshotKeeper: SnapshotKeeper;
  readonly metrics: Metrics;
  /** Holders and rejections held in memory, over all coupons. Default 3,000,000: about 600 MB. */
  readonly mostHeld?: number;
  /** The rule; another one only to see it fail. */
  readonly settle?: SettleRequest;
}

/** Resolves when every message of the batch is answered, durably; rejects when the batch has to come again. */
export type DecideCouponRequests = (batch: MessageBatch) => Promise<void>;

/** Nothing is lost: the batch is not committed, and comes again. */
class BatchMustWait extends Error {
  constructor(couponId: string, why: WriteError) {
    super(`The requests for coupon ${couponId} cannot be answered now: ${why}`);
  }
}

/** Against one other owner of the partition, who is on the way out. */
const DECISIONS = 10;
const MOST_HELD = 3_000_000;

const byCoupon = (messages: ReadonlyArray<LoggedMessage>): ReadonlyMap<string, ReadonlyArray<ReadMessage>> => {
  const groups = new Map<string, ReadMessage[]>();
  for (const message of messages) {
    const group = groups.get(message.key);
    if (group === undefined) groups.set(message.key, [readMessage(message)]);
    else group.push(readMessage(message));
  }
  return groups;
};

const count = (metrics: Metrics, { granted, rejected }: Settled): void => {
  const issued = granted.filter(({ event }) => event.type === 'CouponIssued').length;
  if (issued > 0) metrics.count('coupon_issue_count', { result: 'SUCCESS' }, issued);
  for (const { event } of rejected)
    if (event.type === 'CouponRequestRejected') metrics.count('coupon_issue_count', { result: event.code });
};

/**
 * The one writer of the coupons of a partition. Each batch costs one append per coupon, and one more if anything was
 * rejected. Fenced by the expected revisions: where another owner of the partition wrote, the state is loaded again and
 * the messages decided again, which finds those already answered.
 */
export const decideCouponRequests = (ports: DecideCouponRequestsPorts): DecideCouponRequests => {
  const held = heldCoupons(ports, ports.mostHeld ?? MOST_HELD);
  const settle = settleInOrder(ports.settle);
  const write = writeSettled(ports);
  const park = parkKey(ports);
  /** The offset each partition goes on with, if nobody else had it meanwhile. */
  const next = new Map<number, number>();

  const withSnapshots = (couponId: string, { coupon, rejections, ...rest }: HeldCoupon): HeldCoupon => ({
    ...rest,
    coupon: ports.snapshotKeeper.offer(couponAggregate, couponStream(couponId), coupon),
    rejections: ports.snapshotKeeper.offer(couponRejectionsAggregate, couponRejectionsStream(couponId), rejections),
  });

  const decide = async (couponId: string, partition: number, messages: ReadonlyArray<ReadMessage>): Promise<void> => {
    for (let decisions = 1; ; decisions++) {
      const before = await held.get(couponId, partition)();
      if (E.isLeft(before)) throw new BatchMustWait(couponId, before.left);
      const { coupon, rejections } = before.right;
      const settled = settle(couponId, messages, { coupon: coupon.state, rejections: rejections.state });
      const written = await write(couponId, before.right, settled)();
      if (E.isRight(written)) {
        held.keep(couponId, withSnapshots(couponId, written.right));
        return count(ports.metrics, settled);
      }
      held.forget(couponId);
      if (written.left !== 'RevisionConflict' || decisions === DECISIONS)
        throw new BatchMustWait(couponId, written.left);
    }
  };

  const decideOrPark = async (
    couponId: string,
    partition: number,
    messages: ReadonlyArray<ReadMessage>,
  ): Promise<void> => {
    try {
      await decide(couponId, partition, messages);
    } catch (error) {
      if (!(error instanceof UnreadableStream)) throw error;
      const parked = await park(
        COUPON_ISSUE_REQUESTS,
        messages.map(({ message }) => message),
        error,
      )();
      if (E.isLeft(parked)) throw new BatchMustWait(couponId, parked.left);
      if (!parked.right) throw error;
    }
  };

  return async ({ partition, messages }) => {
    // Anything but the message after the last one: another owner may have decided in between.
    if (next.get(partition) !== messages[0]?.offset) held.forgetPartition(partition);
    const deciding = [...byCoupon(messages)].map(([couponId, group]) => decideOrPark(couponId, partition, group));
    // All of them, even when one fails: none may still be writing when the batch comes again.
    const failure = (await Promise.allSettled(deciding)).find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    const last = messages.at(-1);
    if (last !== undefined) next.set(partition, last.offset + 1);
  };
};
