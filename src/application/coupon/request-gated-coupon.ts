import { either as E, type taskEither as TE } from 'fp-ts';
import { type OpeningOfEvent } from '../shop-event/opening-of-event.js';
import { type RequireActive, type RequireActiveError } from '../waiting-room/require-active.js';
import { type Accepted, type CouponRequest, type RequestCoupon, type RequestCouponError } from './request-coupon.js';

export interface GatedCouponRequest extends CouponRequest {
  /** Of the waiting room, if the client sent one. */
  readonly pass?: string;
}

export type RequestGatedCoupon = (
  request: GatedCouponRequest,
) => TE.TaskEither<RequestCouponError | RequireActiveError, Accepted>;

/** The event a coupon is tied to; null for none, also for a coupon nobody knows. */
export type EventOfCoupon = (couponId: string) => TE.TaskEither<'Unavailable', string | null>;

export interface RequestGatedCouponPorts {
  readonly requestCoupon: RequestCoupon;
  readonly eventOfCoupon: EventOfCoupon;
  readonly requireActive: RequireActive;
  readonly openingOf: OpeningOfEvent;
}

/**
 * A coupon of an event that has a waiting room is for those who are in. The gate turns away who is too early, but does not know
 * when the event opens: that is added here.
 */
export const requestGatedCoupon =
  ({ requestCoupon, eventOfCoupon, requireActive, openingOf }: RequestGatedCouponPorts): RequestGatedCoupon =>
  ({ pass, ...request }) =>
  async () => {
    const event = await eventOfCoupon(request.couponId)();
    if (E.isLeft(event)) return E.left({ code: 'UNAVAILABLE' });
    const [eventId, { userId }] = [event.right, request];
    const allowed = await requireActive({ eventId, userId, ...(pass !== undefined && { pass }) })();
    if (E.isLeft(allowed)) return allowed;
    const asked = await requestCoupon(request)();
    if (E.isRight(asked) || asked.left.code !== 'NOT_OPEN') return asked;
    return E.left({ code: 'NOT_OPEN', opensAt: asked.left.opensAt ?? (await openingOf(eventId)) });
  };
