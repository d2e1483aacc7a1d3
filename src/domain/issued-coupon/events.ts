import { type Instant } from '../time.js';

interface UseFact {
  readonly couponId: string;
  readonly userId: string;
  readonly orderId: string;
  readonly at: Instant;
}

export interface CouponRedeemed extends UseFact {
  readonly type: 'CouponRedeemed';
  /** Should there be no such order by then, the coupon can be used again. */
  readonly expiresAt: Instant;
  /** For which attempt to place the order it was taken, or for which late payment. */
  readonly takenBy?: string;
}

/** Another call places the same order: from here on none of them alone gives the coupon back. Earlier versions recorded it. */
export interface CouponUseShared extends UseFact {
  readonly type: 'CouponUseShared';
  readonly expiresAt: Instant;
}

/** The order is off: the coupon can be used again, while its window lasts. It still counts as issued. */
export type CouponRestored = UseFact & { readonly type: 'CouponRestored' };

/** The coupon is not used for this attempt to place the order, or for this late payment, and will not be: it is over. */
export interface CouponUseEnded extends UseFact {
  readonly type: 'CouponUseEnded';
  readonly takenBy: string;
}

export type IssuedCouponEvent = CouponRedeemed | CouponUseShared | CouponRestored | CouponUseEnded;
