import { type CouponPaused, type CouponQuantityChanged, type CouponResumed } from './events.js';

/** What an operator asks of a coupon, and why. */
export type CouponOperation =
  | { readonly type: 'PauseCoupon' | 'ResumeCoupon'; readonly reason: string }
  | { readonly type: 'ChangeQuantity'; readonly quantity: number; readonly reason: string };

/** The same text for the same content. An id repeated with another content is another request under a used id. */
export const contentOf = (operation: CouponOperation): string => {
  const { type, reason } = operation;
  switch (operation.type) {
    case 'PauseCoupon':
    case 'ResumeCoupon':
      return JSON.stringify([type, reason]);
    case 'ChangeQuantity':
      return JSON.stringify([type, reason, operation.quantity]);
  }
};

/** What was asked, told from what came of it. */
export const operationOf = (event: CouponPaused | CouponResumed | CouponQuantityChanged): CouponOperation => {
  const { reason } = event;
  switch (event.type) {
    case 'CouponPaused':
      return { type: 'PauseCoupon', reason };
    case 'CouponResumed':
      return { type: 'ResumeCoupon', reason };
    case 'CouponQuantityChanged':
      return { type: 'ChangeQuantity', reason, quantity: event.quantity };
  }
};
