/** What happened to a coupon. */
export const COUPON_STREAMS = 'coupon-';
export const couponStream = (couponId: string): string => `${COUPON_STREAMS}${couponId}`;

/** Requests that led to nothing, apart from the hot stream. */
export const COUPON_REJECTION_STREAMS = 'couponRejections-';
export const couponRejectionsStream = (couponId: string): string => `${COUPON_REJECTION_STREAMS}${couponId}`;
