import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { MOST_MONEY } from '../money.js';
import { type OrderEvent, type OrderTerms } from './events.js';
import { isPlaced, type Order } from './order.js';
import { isSameOrder } from './same-order.js';

export type StartPlacing = CommandFrom<Omit<OrderTerms, 'total'>, 'StartPlacing'>;

export type StartPlacingRejection = 'ORDER_EXISTS' | 'REQUEST_ID_REUSED' | 'TOTAL_TOO_LARGE' | 'DISCOUNTS_EXCEED_PRICE';

/** What the lines cost before discount and points. Exact up to MOST_MONEY, above it in any case more than that. */
export const priceOf = (lines: StartPlacing['lines']): number =>
  lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);

/**
 * Records the order before anything is taken for it. The same order again changes nothing; another one under its id is
 * refused while it stands or is being placed.
 */
export const startPlacing = (
  { type: _, ...order }: StartPlacing,
  existing: Order,
): Decided<OrderEvent, StartPlacingRejection> => {
  if (isPlaced(existing) || existing.status === 'PLACING') {
    const terms = isPlaced(existing) ? existing.placed : existing.wanted;
    if (terms.userId !== order.userId) return E.left('ORDER_EXISTS');
    return isSameOrder(terms, order) ? E.right([]) : E.left('REQUEST_ID_REUSED');
  }
  const price = priceOf(order.lines);
  if (price > MOST_MONEY) return E.left('TOTAL_TOO_LARGE');
  const total = price - order.discount - order.points;
  if (total < 0) return E.left('DISCOUNTS_EXCEED_PRICE');
  const attempt = existing.status === 'Unknown' ? 1 : existing.wanted.attempt + 1;
  return E.right([{ type: 'OrderPlacingStarted', ...order, total, attempt }]);
};
