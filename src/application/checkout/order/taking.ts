import { type ReachedLimit } from '../../../domain/stock/purchase-limits.js';
import { type CouponNotUsable } from './coupon-use.js';
import { type Quote, type ShortLine } from './quote-order.js';

/** What an order takes before it stands. */
export interface Taking {
  readonly orderId: string;
  readonly userId: string;
  readonly lines: Quote['lines'];
  readonly couponId: string | null;
  readonly points: number;
  /** Epoch milliseconds. */
  readonly holdExpiresAt: number;
  /** The call that takes it: another one that places the same order gives back nothing of it. */
  readonly takenBy: string;
  readonly correlationId: string;
}

export type TakingError =
  | { readonly code: 'INSUFFICIENT_STOCK' | 'SOLD_OUT'; readonly lines: ReadonlyArray<ShortLine> }
  | { readonly code: 'PRODUCT_NOT_FOUND'; readonly productId: string }
  /** This user may not have so much of it, or not now. */
  | { readonly code: 'PURCHASE_LIMIT'; readonly productId: string; readonly reached: ReachedLimit }
  | CouponNotUsable
  /** REQUEST_ID_REUSED: something else is being taken for an order of this id. INVALID_ORDER_STATE: one of this id is over. */
  | { readonly code: 'REQUEST_ID_REUSED' | 'INVALID_ORDER_STATE' }
  | { readonly code: 'INSUFFICIENT_POINTS' | 'UNPROCESSABLE' | 'OVERLOADED' | 'UNAVAILABLE' };
