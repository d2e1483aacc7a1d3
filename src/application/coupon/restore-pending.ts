import { either as E, type taskEither as TE } from 'fp-ts';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { type AdmissionGate } from '../ports/admission-gate.js';
import { type LoggedMessage, type MessageLog, type PartitionLag } from '../ports/message-log.js';
import { readCouponMessage } from './read-coupon-message.js';

export interface RestorePendingPorts {
  readonly gate: AdmissionGate;
  readonly log: MessageLog;
}

const PAGE = 1_000;

const restore = async (gate: AdmissionGate, message: LoggedMessage): Promise<E.Either<'GateUnavailable', number>> => {
  const order = readCouponMessage(message);
  if (E.isLeft(order) || order.right.type !== 'IssueCoupon') return E.right(0);
  const { couponId, userId, requestId, at } = order.right;
  const restored = await gate.restore({ couponId, userId, requestId, at })();
  return E.isLeft(restored) ? restored : E.right(1);
};

/**
 * Puts back every request that stands in the log and is not known to be decided: so one accepted before a restart is
 * pending after it, and its place is taken. To be done before requests are let in. Answers how many there were.
 */
export const restorePending = ({
  gate,
  log,
}: RestorePendingPorts): TE.TaskEither<'LogUnavailable' | 'GateUnavailable', number> => {
  const restorePartition = async ({ partition, committed, head }: PartitionLag) => {
    let count = 0;
    for (let offset = committed; offset < head;) {
      const page = await log.read({ topic: COUPON_ISSUE_REQUESTS, partition, offset }, PAGE)();
      if (E.isLeft(page)) return page;
      for (const message of page.right) {
        const restored = await restore(gate, message);
        if (E.isLeft(restored)) return restored;
        count += restored.right;
      }
      const last = page.right.at(-1);
      if (last === undefined) break;
      offset = last.offset + 1;
    }
    return E.right(count);
  };

  return async () => {
    const partitions = await log.lag(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP)();
    if (E.isLeft(partitions)) return partitions;
    let count = 0;
    for (const partition of partitions.right) {
      const restored = await restorePartition(partition);
      if (E.isLeft(restored)) return restored;
      count += restored.right;
    }
    return E.right(count);
  };
};
