/** Where the result of a request is asked for. */
export const statusUrl = (requestId: string): string => `/api/coupons/issue-status/${requestId}`;

/** Where a coupon is shown. */
export const couponUrl = (couponId: string): string => `/api/coupons/${couponId}`;
