import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon } from './coupon.js';
import { type CouponSaleOpened, type CouponEvent } from './events.js';

export type OpenSale = CommandFrom<CouponSaleOpened, 'OpenSale'>;

export type OpenSaleRejection = 'COUPON_NOT_FOUND';

/** Its event has opened. Told twice, told late, or told of another event, it changes nothing: what is closed stays closed. */
export const openSale = (
  { couponId, eventId, requestId, at }: OpenSale,
  coupon: Coupon,
): Decided<CouponEvent, OpenSaleRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (coupon.eventId !== eventId || coupon.sale !== 'Waiting') return E.right([]);
  return E.right([{ type: 'CouponSaleOpened', couponId, eventId, requestId, at }]);
};
