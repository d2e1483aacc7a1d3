import { type Refusal } from '../../../domain/order/events.js';
import { type ReachedLimit, readPurchaseLimit } from '../../../domain/stock/purchase-limits.js';
import { type CouponNotUsable } from './coupon-use.js';
import { type ShortLine } from './quote-order.js';

export type PlacingError =
  | { readonly code: 'INSUFFICIENT_STOCK' | 'SOLD_OUT'; readonly lines: ReadonlyArray<ShortLine> }
  | { readonly code: 'PRODUCT_NOT_FOUND'; readonly productId: string }
  /** This user may not have this much of it, or not now. */
  | { readonly code: 'PURCHASE_LIMIT'; readonly productId: string; readonly reached: ReachedLimit }
  | CouponNotUsable
  /** REQUEST_ID_REUSED: something else is held for an order of this id. INVALID_ORDER_STATE: one of this id is over. */
  | { readonly code: 'REQUEST_ID_REUSED' | 'INVALID_ORDER_STATE' }
  | { readonly code: 'INSUFFICIENT_POINTS' | 'UNPROCESSABLE' | 'OVERLOADED' | 'UNAVAILABLE' };

const ofGoods = (productId: string, code: string): PlacingError => {
  const reached = readPurchaseLimit(code);
  if (reached !== null) return { code: 'PURCHASE_LIMIT', productId, reached };
  switch (code) {
    case 'PRODUCT_NOT_FOUND':
      return { code, productId };
    case 'SOLD_OUT':
      return { code, lines: [{ productId, available: 0 }] };
    case 'INSUFFICIENT_STOCK':
      return { code, lines: [{ productId, available: null }] };
    case 'CLAIM_DIFFERS':
      return { code: 'REQUEST_ID_REUSED' };
    case 'CLAIM_ENDED':
      return { code: 'INVALID_ORDER_STATE' };
    case 'OVERLOADED':
    case 'UNAVAILABLE':
      return { code };
    default:
      return { code: 'UNPROCESSABLE' };
  }
};

const ofPoints = (code: string): PlacingError => {
  switch (code) {
    case 'INSUFFICIENT_POINTS':
      return { code };
    case 'POINTS_USE_DIFFERS':
      return { code: 'REQUEST_ID_REUSED' };
    case 'POINTS_USE_ENDED':
      return { code: 'INVALID_ORDER_STATE' };
    default:
      return { code: 'UNPROCESSABLE' };
  }
};

const reasonOf = ({ of, productId, code }: Refusal, couponId: string): PlacingError => {
  switch (of) {
    case 'GOODS':
      return ofGoods(productId ?? '', code);
    case 'COUPON':
      return { code: 'COUPON_NOT_USABLE', couponId, reason: 'USED' };
    case 'POINTS':
      return ofPoints(code);
    case 'TIME':
      return { code: 'UNAVAILABLE' };
  }
};

/** Final refusals come first, then those that may be tried again; all lines without enough stock are told together. */
export const whyRefused = (refusals: ReadonlyArray<Refusal>, couponId: string | null): PlacingError => {
  const reasons = refusals.map((refusal) => reasonOf(refusal, couponId ?? ''));
  const short = reasons.flatMap((reason) => ('lines' in reason ? reason.lines : []));
  const isShort = ({ code }: PlacingError): boolean => code === 'SOLD_OUT' || code === 'INSUFFICIENT_STOCK';
  const canBeTried = ({ code }: PlacingError): boolean => code === 'OVERLOADED' || code === 'UNAVAILABLE';
  const first = reasons.find((reason) => !isShort(reason) && !canBeTried(reason)) ??
    reasons.find(({ code }) => code === 'INSUFFICIENT_STOCK') ??
    reasons.find(isShort) ??
    reasons.find(({ code }) => code === 'OVERLOADED') ?? { code: 'UNAVAILABLE' };
  return 'lines' in first ? { ...first, lines: short } : first;
};
