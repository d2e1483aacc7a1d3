import { either as E, option as O } from 'fp-ts';
import { recentlyUsed } from '../kernel/recently-used.js';
import { type RequestCoupon } from './request-coupon.js';
import { couponsView } from './coupons.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { eventsView } from '../shop-event/events.js';
import { type Ports } from '../ports/ports.js';

export type NamingTheOpeningPorts = Pick<Ports, 'readModels' | 'clock'>;

/** Those who are too early ask by the thousand; an opening is seldom moved. */
const KEPT_MS = 250;
const COUPONS = 1_000;

/** When the event opens that a coupon waits for. Null where nobody can tell: no such event, or the read models are away. */
export type OpeningOfCoupon = (couponId: string) => Promise<number | null>;

export const openingOfCoupon = ({ readModels, clock }: NamingTheOpeningPorts): OpeningOfCoupon => {
  const reader = liveReader(readModels);
  const known = recentlyUsed<string, { readonly at: number; readonly opening: Promise<number | null> }>(COUPONS);

  const look = async (couponId: string): Promise<number | null> => {
    const coupon = await reader.get(couponsView, couponId)();
    const eventId = E.isRight(coupon) && O.isSome(coupon.right) ? coupon.right.value.eventId : null;
    if (eventId === null) return null;
    const event = await reader.get(eventsView, eventId)();
    return E.isRight(event) && O.isSome(event.right) ? event.right.value.opensAt : null;
  };
  return (couponId) => {
    const now = clock.elapsed();
    const last = known.get(couponId);
    if (last !== undefined && now - last.at < KEPT_MS) return last.opening;
    const opening = look(couponId);
    known.set(couponId, { at: now, opening });
    return opening;
  };
};

/** A coupon that waits for an event is turned away by the gate, which knows no more than that: this adds when the event opens. */
export const namingTheOpening =
  (openingOf: OpeningOfCoupon) =>
  (requestCoupon: RequestCoupon): RequestCoupon =>
  (request) =>
  async () => {
    const answer = await requestCoupon(request)();
    if (E.isRight(answer) || answer.left.code !== 'NOT_OPEN' || answer.left.opensAt !== null) return answer;
    return E.left({ code: 'NOT_OPEN', opensAt: await openingOf(request.couponId) });
  };
