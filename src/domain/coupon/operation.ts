import {
  type ChangedTerms,
  type CouponPaused,
  type CouponQuantityChanged,
  type CouponResumed,
  type CouponTermsChanged,
} from './events.js';

/** What an operator asks of a coupon, and why. */
export type CouponOperation =
  | { readonly type: 'PauseCoupon' | 'ResumeCoupon'; readonly reason: string }
  | { readonly type: 'ChangeQuantity'; readonly quantity: number; readonly reason: string }
  | ({ readonly type: 'ChangeTerms'; readonly reason: string } & ChangedTerms);

/** The same text for the same content. An id repeated with another content is another request under a used id. */
export const contentOf = (operation: CouponOperation): string => {
  const { type, reason } = operation;
  switch (operation.type) {
    case 'PauseCoupon':
    case 'ResumeCoupon':
      return JSON.stringify([type, reason]);
    case 'ChangeQuantity':
      return JSON.stringify([type, reason, operation.quantity]);
    case 'ChangeTerms': {
      const { name, closesAt, usableUntil, challenge } = operation;
      return JSON.stringify([type, reason, { name, closesAt, usableUntil, challenge }]);
    }
  }
};

/** What came of an operator's request. */
export type OperatedEvent = CouponPaused | CouponResumed | CouponQuantityChanged | CouponTermsChanged;

export const termsIn = ({ name, closesAt, usableUntil, challenge }: ChangedTerms): ChangedTerms => ({
  ...(name !== undefined && { name }),
  ...(closesAt !== undefined && { closesAt }),
  ...(usableUntil !== undefined && { usableUntil }),
  ...(challenge !== undefined && { challenge }),
});

export const operationOf = (event: OperatedEvent): CouponOperation => {
  const { reason } = event;
  switch (event.type) {
    case 'CouponPaused':
      return { type: 'PauseCoupon', reason };
    case 'CouponResumed':
      return { type: 'ResumeCoupon', reason };
    case 'CouponQuantityChanged':
      return { type: 'ChangeQuantity', reason, quantity: event.quantity };
    case 'CouponTermsChanged':
      return { type: 'ChangeTerms', reason, ...termsIn(event) };
  }
};
