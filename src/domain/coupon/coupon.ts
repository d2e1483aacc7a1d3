import { Set } from 'immutable';
import { type Instant } from '../time.js';
import { type Discount } from './discount.js';
import { type CouponCreated, type CouponEvent } from './events.js';
import { Holders } from './holders.js';

export interface UnknownCoupon {
  readonly status: 'Unknown';
}

export interface CreatedCoupon {
  readonly status: 'Issuing' | 'Paused';
  readonly couponId: string;
  readonly name: string;
  readonly quantity: number;
  readonly discount: Discount;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly eventId: string | null;
  /** A coupon tied to an event waits for it to open, and is over with it. One tied to none is open. */
  readonly sale: 'Waiting' | 'Open' | 'Closed';
  readonly holders: Holders;
  /** Requests of operators already carried out: a repeated one changes nothing. */
  readonly operatorRequests: Set<string>;
}

export type Coupon = UnknownCoupon | CreatedCoupon;

export const unknownCoupon: UnknownCoupon = { status: 'Unknown' };

const created = (event: CouponCreated): CreatedCoupon => ({
  status: 'Issuing',
  couponId: event.couponId,
  name: event.name,
  quantity: event.quantity,
  discount: event.discount,
  opensAt: event.opensAt,
  closesAt: event.closesAt,
  eventId: event.eventId,
  sale: event.eventId === null ? 'Open' : 'Waiting',
  holders: Holders.none(),
  operatorRequests: Set(),
});

const carriedOut = (coupon: CreatedCoupon, requestId: string): CreatedCoupon => ({
  ...coupon,
  operatorRequests: coupon.operatorRequests.add(requestId),
});

/** Whether this very request was granted. */
export const isHeldBy = (coupon: Coupon, userId: string, requestId: string): boolean =>
  coupon.status !== 'Unknown' && coupon.holders.get(userId) === requestId;

/** Whether anybody's request of this id was granted. Looks at all holders: for the rare message that does not say whose it is. */
export const isGranted = (coupon: Coupon, requestId: string): boolean =>
  coupon.status !== 'Unknown' && (coupon.operatorRequests.has(requestId) || coupon.holders.includes(requestId));

export const evolve = (coupon: Coupon, event: CouponEvent): Coupon => {
  if (event.type === 'CouponCreated') return created(event);
  if (coupon.status === 'Unknown') return coupon;
  switch (event.type) {
    case 'CouponIssued':
      return { ...coupon, holders: coupon.holders.set(event.userId, event.requestId) };
    case 'CouponPaused':
      return { ...carriedOut(coupon, event.requestId), status: 'Paused' };
    case 'CouponResumed':
      return { ...carriedOut(coupon, event.requestId), status: 'Issuing' };
    case 'CouponQuantityChanged':
      return { ...carriedOut(coupon, event.requestId), quantity: event.quantity };
    case 'CouponSaleOpened':
      return { ...coupon, sale: 'Open' };
    case 'CouponSaleClosed':
      return { ...coupon, sale: 'Closed' };
  }
};
