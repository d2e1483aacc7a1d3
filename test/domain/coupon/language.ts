import { type ChangeQuantity } from '../../../src/domain/coupon/change-quantity.js';
import { type CloseSale } from '../../../src/domain/coupon/close-sale.js';
import { type CreateCoupon } from '../../../src/domain/coupon/create-coupon.js';
import { couponDecider } from '../../../src/domain/coupon/decider.js';
import {
  type CouponCreated,
  type CouponIssued,
  type CouponPaused,
  type CouponQuantityChanged,
  type CouponResumed,
  type CouponSaleClosed,
  type CouponSaleOpened,
} from '../../../src/domain/coupon/events.js';
import { type IssueCoupon } from '../../../src/domain/coupon/issue-coupon.js';
import { type OpenSale } from '../../../src/domain/coupon/open-sale.js';
import { type PauseCoupon } from '../../../src/domain/coupon/pause-coupon.js';
import { type ResumeCoupon } from '../../../src/domain/coupon/resume-coupon.js';
import { sentences } from '../../support/given-when-then.js';

/** The words the coupon's tests are written in. Whatever a sentence leaves out does not matter to it. */
export const given = sentences(couponDecider);

const couponId = 'spring';
export const noon = Date.UTC(2026, 0, 1, 12);
export const minute = 60_000;

const terms = {
  couponId,
  name: 'Spring sale',
  quantity: 100,
  discount: { kind: 'PERCENT', value: 10 },
  opensAt: null,
  closesAt: null,
  eventId: null,
  at: noon,
} as const;

export const create = (some: Partial<Omit<CreateCoupon, 'type'>> = {}): CreateCoupon => ({
  type: 'CreateCoupon',
  ...terms,
  ...some,
});
export const created = (some: Partial<Omit<CouponCreated, 'type'>> = {}): CouponCreated => ({
  type: 'CouponCreated',
  ...terms,
  ...some,
});

interface Wanted {
  readonly to: string;
  readonly request?: string;
  readonly at?: number;
}
export const issue = ({ to, request = `request-of-${to}`, at = noon }: Wanted): IssueCoupon => ({
  type: 'IssueCoupon',
  couponId,
  userId: to,
  requestId: request,
  at,
});
export const issuedTo = (
  user: string,
  { place = 1, request = `request-of-${user}`, at = noon } = {},
): CouponIssued => ({ type: 'CouponIssued', couponId, userId: user, requestId: request, place, at });

const byOperator = (requestId: string) => ({ couponId, requestId, actor: 'olga', reason: 'rehearsal', at: noon });
export const pause = (request = 'pause-1'): PauseCoupon => ({ type: 'PauseCoupon', ...byOperator(request) });
export const paused = (request = 'pause-1'): CouponPaused => ({ type: 'CouponPaused', ...byOperator(request) });
export const resume = (request = 'resume-1'): ResumeCoupon => ({ type: 'ResumeCoupon', ...byOperator(request) });
export const resumed = (request = 'resume-1'): CouponResumed => ({ type: 'CouponResumed', ...byOperator(request) });
export const changeQuantityTo = (quantity: number, request = 'quantity-1'): ChangeQuantity => ({
  type: 'ChangeQuantity',
  quantity,
  ...byOperator(request),
});
export const quantityChangedTo = (quantity: number, request = 'quantity-1'): CouponQuantityChanged => ({
  type: 'CouponQuantityChanged',
  quantity,
  ...byOperator(request),
});

const byEvent = (eventId: string, requestId: string) => ({ couponId, eventId, requestId, at: noon });
export const openSale = (eventId = 'gala', request = 'opened-1'): OpenSale => ({
  type: 'OpenSale',
  ...byEvent(eventId, request),
});
export const saleOpened = (eventId = 'gala', request = 'opened-1'): CouponSaleOpened => ({
  type: 'CouponSaleOpened',
  ...byEvent(eventId, request),
});
export const closeSale = (eventId = 'gala', request = 'closed-1'): CloseSale => ({
  type: 'CloseSale',
  ...byEvent(eventId, request),
});
export const saleClosed = (eventId = 'gala', request = 'closed-1'): CouponSaleClosed => ({
  type: 'CouponSaleClosed',
  ...byEvent(eventId, request),
});
