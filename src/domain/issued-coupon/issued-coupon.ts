import { Map } from 'immutable';
import { type IssuedCouponEvent } from './events.js';

/** One user's copy of a coupon: which order uses it, if any. */
export interface IssuedCoupon {
  readonly usedBy: string | null;
  /** For which attempt to place the order, or for which late payment; null where that is several attempts, or not known. */
  readonly takenBy: string | null;
  /** Orders that gave it back, and for what they had taken it, or what is over: a late redemption for that does not take it. */
  readonly gaveBack: Map<string, string | null>;
}

export const unusedCoupon: IssuedCoupon = { usedBy: null, takenBy: null, gaveBack: Map() };

export const evolve = (coupon: IssuedCoupon, event: IssuedCouponEvent): IssuedCoupon => {
  switch (event.type) {
    case 'CouponRedeemed':
      return { ...coupon, usedBy: event.orderId, takenBy: event.takenBy ?? null };
    case 'CouponUseShared':
      return { ...coupon, takenBy: null };
    case 'CouponRestored':
      return { usedBy: null, takenBy: null, gaveBack: coupon.gaveBack.set(event.orderId, coupon.takenBy) };
    case 'CouponUseEnded':
      return { ...coupon, gaveBack: coupon.gaveBack.set(event.orderId, event.takenBy) };
  }
};
