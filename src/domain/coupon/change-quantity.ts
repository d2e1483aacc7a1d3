import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Coupon, isCarriedOut } from './coupon.js';
import { type CouponEvent } from './events.js';

export interface ChangeQuantity {
  readonly type: 'ChangeQuantity';
  readonly couponId: string;
  readonly requestId: string;
  readonly quantity: number;
  readonly actor: string;
  readonly reason: string;
  readonly at: Instant;
}

export type QuantityRejection = 'COUPON_NOT_FOUND' | 'QUANTITY_BELOW_ISSUED';

/** What is issued stays issued: the quantity never falls below it. */
export const changeQuantity = (
  { type: _, ...change }: ChangeQuantity,
  coupon: Coupon,
): E.Either<QuantityRejection, ReadonlyArray<CouponEvent>> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (isCarriedOut(coupon, change)) return E.right([]);
  if (change.quantity < coupon.holders.size) return E.left('QUANTITY_BELOW_ISSUED');
  return E.right([{ type: 'CouponQuantityChanged', ...change }]);
};
