import { isOrderEvent, orderStream } from '../../checkout/aggregates/order-aggregate.js';
import { couponRejectionsStream, couponStream, isCouponEvent } from '../../coupon/coupon-aggregate.js';
import { isCouponRejectionEvent } from '../../coupon/coupon-rejections-aggregate.js';
import { replayStream } from '../../kernel/audit/replay.js';
import { type RecordedEvent, type EventStore } from '../../ports/event-store.js';
import { type Promised } from '../../kernel/history/issue-receipts.js';

/** The event that keeps a promise, and what it says in words. */
export interface Answer {
  readonly event: RecordedEvent;
  readonly detail: string;
}
type Asked = Extract<Promised, { readonly accepted: 'COUPON_REQUEST' }>;
const keyOf = ({ userId, requestId }: Pick<Asked, 'userId' | 'requestId'>): string => `${userId}/${requestId}`;
/** Of one coupon, whose events are read once for all who asked for it. */
const couponAnswers = async (
  eventStore: Pick<EventStore, 'readStream'>,
  couponId: string,
): Promise<(asked: Asked) => Answer | null> => {
  const [issued, rejected] = [new Map<string, Answer>(), new Map<string, Answer>()];
  const replay = replayStream(eventStore, undefined, 'newerOf');
  await replay(couponStream(couponId), isCouponEvent, (recorded) => {
    const { event } = recorded;
    if (event.type === 'CouponIssued')
      issued.set(keyOf(event), { event: recorded, detail: `issued, place ${event.place}` });
  });
  await replay(couponRejectionsStream(couponId), isCouponRejectionEvent, (recorded) => {
    const { event } = recorded;
    if (event.userId === null) return;
    const key = keyOf({ userId: event.userId, requestId: event.requestId });
    if (event.type === 'CouponRejectionWithdrawn') rejected.delete(key);
    else if (!rejected.has(key)) rejected.set(key, { event: recorded, detail: `rejected, ${event.code}` });
  });
  return (asked) => issued.get(keyOf(asked)) ?? rejected.get(keyOf(asked)) ?? null;
};
/** The answers to what was promised, in the same order; null where there is none. For `unlessAway`. */
export const findAnswers = async (
  eventStore: Pick<EventStore, 'readStream'>,
  promises: ReadonlyArray<Promised>,
): Promise<ReadonlyArray<Answer | null>> => {
  const coupons = new Map<string, (asked: Asked) => Answer | null>();
  const answers: Array<Answer | null> = [];
  for (const promised of promises) {
    if (promised.accepted === 'ORDER') {
      let placed: RecordedEvent | null = null;
      await replayStream(eventStore, undefined, 'newerOf')(orderStream(promised.orderId), isOrderEvent, (recorded) => {
        if (recorded.event.type === 'OrderCreated') placed ??= recorded;
      });
      answers.push(placed && { event: placed, detail: 'the order stands' });
      continue;
    }
    const { couponId } = promised;
    const known = coupons.get(couponId) ?? (await couponAnswers(eventStore, couponId));
    coupons.set(couponId, known);
    answers.push(known(promised));
  }
  return answers;
};
