/** Where the result of a request is asked for by an id that was given out here: nobody else has it. */
export const statusUrl = (requestId: string): string => `/api/coupons/issue-status/${requestId}`;

/** The same by an id that may be its client's own choice: it counts only together with the coupon and the user. */
export const statusUrlOf = (request: {
  readonly requestId: string;
  readonly couponId: string;
  readonly userId: string;
}): string => `${statusUrl(request.requestId)}?couponId=${request.couponId}&userId=${request.userId}`;

export const couponUrl = (couponId: string): string => `/api/coupons/${couponId}`;
