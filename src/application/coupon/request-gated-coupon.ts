import { either as E, type taskEither as TE } from 'fp-ts';
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
}

/** A coupon of an event that has a waiting room is for those who are in. */
export const requestGatedCoupon =
  ({ requestCoupon, eventOfCoupon, requireActive }: RequestGatedCouponPorts): RequestGatedCoupon =>
  ({ pass, ...request }) =>
  async () => {
    const eventId = await eventOfCoupon(request.couponId)();
    if (E.isLeft(eventId)) return E.left({ code: 'UNAVAILABLE' });
    const { userId } = request;
    const allowed = await requireActive({ eventId: eventId.right, userId, ...(pass !== undefined && { pass }) })();
    return E.isLeft(allowed) ? allowed : requestCoupon(request)();
  };
