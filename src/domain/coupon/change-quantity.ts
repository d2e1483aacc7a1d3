import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon, isCarriedOut } from './coupon.js';
import { type CouponQuantityChanged, type CouponEvent } from './events.js';

export type ChangeQuantity = CommandFrom<CouponQuantityChanged, 'ChangeQuantity'>;

export type QuantityRejection = 'COUPON_NOT_FOUND' | 'QUANTITY_BELOW_ISSUED';

/** What is issued stays issued: the quantity never falls below it. */
export const changeQuantity = (
  { type: _, ...change }: ChangeQuantity,
  coupon: Coupon,
): Decided<CouponEvent, QuantityRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (isCarriedOut(coupon, change)) return E.right([]);
  if (change.quantity < coupon.holders.size) return E.left('QUANTITY_BELOW_ISSUED');
  return E.right([{ type: 'CouponQuantityChanged', ...change }]);
};
