export const COUPON_STREAMS = 'coupon-';
export const couponStream = (couponId: string): string => `${COUPON_STREAMS}${couponId}`;

/** Requests that led to nothing, apart from the hot stream. */
export const COUPON_REJECTION_STREAMS = 'couponRejections-';
export const couponRejectionsStream = (couponId: string): string => `${COUPON_REJECTION_STREAMS}${couponId}`;

/** Whether it may hold the answer to a request for this coupon, or for any. */
export const mayAnswer = (streamId: string, couponId?: string): boolean =>
  couponId === undefined
    ? streamId.startsWith(COUPON_STREAMS) || streamId.startsWith(COUPON_REJECTION_STREAMS)
    : streamId === couponStream(couponId) || streamId === couponRejectionsStream(couponId);
