import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon, isOver } from './coupon.js';
import { type CouponEvent, type CouponIssued } from './events.js';

export type IssueCoupon = CommandFrom<Omit<CouponIssued, 'place'>, 'IssueCoupon'>;

export type IssueRejection = 'COUPON_NOT_FOUND' | 'NOT_OPEN' | 'CLOSED' | 'PAUSED' | 'ALREADY_ISSUED' | 'OUT_OF_STOCK';

/**
 * Window and event, then holder, then stock: a rejection never consumes anything. A repeated request changes nothing. The window
 * is judged by when the request was accepted, not by when it is decided.
 */
export const issueCoupon = (
  { couponId, userId, requestId, at }: IssueCoupon,
  coupon: Coupon,
): Decided<CouponEvent, IssueRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (coupon.holders.get(userId) === requestId) return E.right([]);
  if (coupon.opensAt !== null && at < coupon.opensAt) return E.left('NOT_OPEN');
  if (isOver(coupon, at)) return E.left('CLOSED');
  if (coupon.sale === 'Waiting') return E.left('NOT_OPEN');
  if (coupon.sale === 'Closed') return E.left('CLOSED');
  if (coupon.status === 'Paused') return E.left('PAUSED');
  if (coupon.holders.has(userId)) return E.left('ALREADY_ISSUED');
  if (coupon.holders.size >= coupon.quantity) return E.left('OUT_OF_STOCK');
  return E.right([{ type: 'CouponIssued', couponId, userId, requestId, place: coupon.holders.size + 1, at }]);
};
