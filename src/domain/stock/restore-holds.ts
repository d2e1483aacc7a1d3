import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { restoreStock } from './restore-stock.js';
import { type Stock } from './stock.js';

export interface RestoreHolds {
  readonly type: 'RestoreHolds';
  readonly productId: string;
  readonly orderIds: ReadonlyArray<string>;
  readonly at: Instant;
}

/**
 * Many orders that are over give back what they took when they were placed, each as if it were alone: their claims have nothing in
 * common. What was taken for a payment that came later stays: the request was told before.
 */
export const restoreHolds = ({ productId, orderIds, at }: RestoreHolds, stock: Stock): Decided<StockEvent> => {
  const events: StockEvent[] = [];
  for (const orderId of new Set(orderIds)) {
    const restored = restoreStock({ type: 'RestoreStock', productId, orderId, latePayments: 0, at }, stock);
    if (E.isRight(restored)) events.push(...restored.right);
  }
  return E.right(events);
};
