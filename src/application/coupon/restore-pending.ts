import { either as E, type taskEither as TE } from 'fp-ts';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { type AdmissionGate } from '../ports/admission-gate.js';
import { seeUndecided, type UndecidedPorts } from '../kernel/messaging/undecided.js';
import { type LoggedMessage } from '../ports/message-log.js';
import { readCouponMessage } from './coupon-messages.js';

export interface RestorePendingPorts {
  readonly gate: AdmissionGate;
  readonly log: UndecidedPorts;
}

const restore = async (gate: AdmissionGate, message: LoggedMessage): Promise<E.Either<'GateUnavailable', number>> => {
  const order = readCouponMessage(message);
  if (E.isLeft(order) || order.right.type !== 'IssueCoupon') return E.right(0);
  const { couponId, userId, requestId, at } = order.right;
  const restored = await gate.restore({ couponId, userId, requestId, at })();
  return E.isLeft(restored) ? restored : E.right(1);
};

/**
 * Puts back every request that stands in the log and is not known to be decided: so one accepted before a restart is
 * pending after it, and its place is taken. To be done before requests are let in. Answers how many there were. One of the batch in
 * hand may have been rejected by now: its status is its answer, and `releaseLeaked` frees its place within half a minute.
 */
export const restorePending =
  ({ gate, log }: RestorePendingPorts): TE.TaskEither<'LogUnavailable' | 'GateUnavailable', number> =>
  async () => {
    let count = 0;
    const seen = await seeUndecided(log)(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP, async (messages) => {
      for (const message of messages) {
        const restored = await restore(gate, message);
        if (E.isLeft(restored)) return restored;
        count += restored.right;
      }
      return E.right(true);
    })();
    return E.isLeft(seen) ? seen : E.right(count);
  };
