import { either as E, type taskEither as TE } from 'fp-ts';
import { type Discount } from '../../../domain/coupon/discount.js';
import { type CouponDocument, usableUntilOf } from '../../coupon/coupons.js';

/** Where a coupon stands for an order of its user: one that this very order took before may be asked for again. */
export type CouponUse =
  | { readonly use: 'NOT_YOURS' }
  | { readonly use: 'USED'; readonly orderId: string }
  | { readonly use: 'FREE'; readonly coupon: CouponDocument };

export type CouponOf = (of: {
  readonly userId: string;
  readonly couponId: string;
  readonly orderId: string;
}) => TE.TaskEither<unknown, CouponUse>;

export interface CouponNotUsable {
  readonly code: 'COUPON_NOT_USABLE';
  readonly couponId: string;
  readonly reason: 'NOT_YOURS' | 'USED' | 'EXPIRED' | 'WORTH_NOTHING';
  /** The order that uses it, where that is the reason and is known. */
  readonly orderId?: string;
}

/** Never more than there is to pay; shares are rounded down. */
const discountOn = (price: number, { kind, value }: Discount): number =>
  kind === 'AMOUNT' ? Math.min(value, price) : Math.floor((price * value) / 100);

const isOver = (coupon: CouponDocument, now: number): boolean => {
  const end = usableUntilOf(coupon);
  return end !== null && now >= end;
};

/** By how much a coupon lowers this price; one that would be used up for nothing is refused. */
export const discountOf = (
  couponId: string,
  found: CouponUse,
  price: number,
  now: number,
): E.Either<CouponNotUsable, number> => {
  const refused = { code: 'COUPON_NOT_USABLE', couponId } as const;
  if (found.use === 'NOT_YOURS') return E.left({ ...refused, reason: 'NOT_YOURS' });
  if (found.use === 'USED') return E.left({ ...refused, reason: 'USED', orderId: found.orderId });
  if (isOver(found.coupon, now)) return E.left({ ...refused, reason: 'EXPIRED' });
  const discount = discountOn(price, found.coupon.discount);
  return discount === 0 ? E.left({ ...refused, reason: 'WORTH_NOTHING' }) : E.right(discount);
};
