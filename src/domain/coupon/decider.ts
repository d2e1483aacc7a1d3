import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { type Instant } from '../time.js';
import { type Coupon, type CreatedCoupon, evolve, isCarriedOut, unknownCoupon } from './coupon.js';
import { createCoupon, type CreateCoupon, type CreateRejection } from './create-coupon.js';
import {
  type CouponEvent,
  type CouponIssued,
  type CouponPaused,
  type CouponQuantityChanged,
  type CouponSaleClosed,
  type CouponSaleOpened,
  type CouponTermsChanged,
} from './events.js';

export type IssueCoupon = CommandFrom<Omit<CouponIssued, 'place'>, 'IssueCoupon'>;
export type PauseCoupon = CommandFrom<CouponPaused, 'PauseCoupon'>;
export type ResumeCoupon = CommandFrom<CouponPaused, 'ResumeCoupon'>;
export type ChangeQuantity = CommandFrom<CouponQuantityChanged, 'ChangeQuantity'>;
type ChangeTerms = CommandFrom<CouponTermsChanged, 'ChangeTerms'>;
export type OpenSale = CommandFrom<CouponSaleOpened, 'OpenSale'>;
export type CloseSale = CommandFrom<CouponSaleClosed, 'CloseSale'>;

type OperateCoupon = PauseCoupon | ResumeCoupon | ChangeQuantity | ChangeTerms;

/** What is asked of a coupon that is there, each with a `requestId`. */
export type CouponRequest = IssueCoupon | OperateCoupon | OpenSale | CloseSale;
type IssueRejection = 'NOT_OPEN' | 'CLOSED' | 'PAUSED' | 'ALREADY_ISSUED' | 'OUT_OF_STOCK';
type OperationRejection = 'QUANTITY_BELOW_ISSUED' | 'INVALID_WINDOW';
export type CouponRequestRejection = 'COUPON_NOT_FOUND' | IssueRejection | OperationRejection;

export type CouponCommand = CreateCoupon | CouponRequest;
export type CouponRejection = CreateRejection | CouponRequestRejection;

/**
 * Window and event, then holder, then stock: a rejection never consumes anything. A repeated request changes nothing. The window
 * is judged by when the request was accepted, not by when it is decided.
 */
const issueCoupon = (
  { couponId, userId, requestId, at }: IssueCoupon,
  coupon: CreatedCoupon,
): Decided<CouponEvent, IssueRejection> => {
  if (coupon.holders.get(userId) === requestId) return E.right([]);
  if (coupon.opensAt !== null && at < coupon.opensAt) return E.left('NOT_OPEN');
  if (coupon.closesAt !== null && at >= coupon.closesAt) return E.left('CLOSED');
  if (coupon.sale === 'Waiting') return E.left('NOT_OPEN');
  if (coupon.sale === 'Closed') return E.left('CLOSED');
  if (coupon.status === 'Paused') return E.left('PAUSED');
  if (coupon.holders.has(userId)) return E.left('ALREADY_ISSUED');
  if (coupon.holders.size >= coupon.quantity) return E.left('OUT_OF_STOCK');
  return E.right([{ type: 'CouponIssued', couponId, userId, requestId, place: coupon.holders.size + 1, at }]);
};

/** Its event has opened, or is over. Told twice, told late, or told of another event, it changes nothing: what is closed stays closed. */
const followEvent = (command: OpenSale | CloseSale, coupon: CreatedCoupon): Decided<CouponEvent> => {
  const { type, couponId, eventId, requestId, at } = command;
  const of = { couponId, eventId, requestId, at };
  if (coupon.eventId !== eventId || coupon.sale === 'Closed') return E.right([]);
  if (type === 'CloseSale') return E.right([{ type: 'CouponSaleClosed', ...of }]);
  return E.right(coupon.sale === 'Waiting' ? [{ type: 'CouponSaleOpened', ...of }] : []);
};

const changeTerms = (
  { type: _, ...change }: ChangeTerms,
  { opensAt }: CreatedCoupon,
): Decided<CouponEvent, OperationRejection> => {
  // Giving out, and using, end after giving out begins.
  const endsTooSoon = (end: Instant | null | undefined): boolean =>
    opensAt !== null && end !== null && end !== undefined && end <= opensAt;
  if (endsTooSoon(change.closesAt) || endsTooSoon(change.usableUntil)) return E.left('INVALID_WINDOW');
  return E.right([{ type: 'CouponTermsChanged', ...change }]);
};

/** Recorded even when it changes nothing: who asked, and why, is a fact. A repeated request is not. */
const operate = (command: OperateCoupon, coupon: CreatedCoupon): Decided<CouponEvent, OperationRejection> => {
  if (isCarriedOut(coupon, command)) return E.right([]);
  switch (command.type) {
    case 'PauseCoupon':
      return E.right([{ ...command, type: 'CouponPaused' }]);
    case 'ResumeCoupon':
      return E.right([{ ...command, type: 'CouponResumed' }]);
    case 'ChangeQuantity':
      // What is issued stays issued: the quantity never falls below it.
      if (command.quantity < coupon.holders.size) return E.left('QUANTITY_BELOW_ISSUED');
      return E.right([{ ...command, type: 'CouponQuantityChanged' }]);
    case 'ChangeTerms':
      return changeTerms(command, coupon);
  }
};

export const decideRequest = (command: CouponRequest, coupon: Coupon): Decided<CouponEvent, CouponRequestRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  switch (command.type) {
    case 'IssueCoupon':
      return issueCoupon(command, coupon);
    case 'OpenSale':
    case 'CloseSale':
      return followEvent(command, coupon);
    default:
      return operate(command, coupon);
  }
};

export const couponDecider: Decider<Coupon, CouponCommand, CouponEvent, CouponRejection> = {
  initial: unknownCoupon,
  evolve,
  decide: (command, coupon) =>
    command.type === 'CreateCoupon' ? createCoupon(command, coupon) : decideRequest(command, coupon),
};
