import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon } from './coupon.js';
import { type CouponSaleClosed, type CouponEvent } from './events.js';

export type CloseSale = CommandFrom<CouponSaleClosed, 'CloseSale'>;

export type CloseSaleRejection = 'COUPON_NOT_FOUND';

/** Its event was closed or called off, opened before or not. Told twice, or told of another event, it changes nothing. */
export const closeSale = (
  { couponId, eventId, requestId, at }: CloseSale,
  coupon: Coupon,
): Decided<CouponEvent, CloseSaleRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (coupon.eventId !== eventId || coupon.sale === 'Closed') return E.right([]);
  return E.right([{ type: 'CouponSaleClosed', couponId, eventId, requestId, at }]);
};
