import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Coupon } from './coupon.js';
import { type CouponEvent } from './events.js';

export interface CloseSale {
  readonly type: 'CloseSale';
  readonly couponId: string;
  readonly eventId: string;
  readonly requestId: string;
  readonly at: Instant;
}

export type CloseSaleRejection = 'COUPON_NOT_FOUND';

/** Its event was closed or called off, opened before or not. Told twice, or told of another event, it changes nothing. */
export const closeSale = (
  { couponId, eventId, requestId, at }: CloseSale,
  coupon: Coupon,
): E.Either<CloseSaleRejection, ReadonlyArray<CouponEvent>> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (coupon.eventId !== eventId || coupon.sale === 'Closed') return E.right([]);
  return E.right([{ type: 'CouponSaleClosed', couponId, eventId, requestId, at }]);
};
