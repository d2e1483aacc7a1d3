import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type HoldExtended, type StockEvent } from './events.js';
import { type Stock } from './stock.js';

export type ExtendHold = CommandFrom<Omit<HoldExtended, 'shared'>, 'ExtendHold'>;

export type ExtendRejection = 'PRODUCT_NOT_FOUND' | 'NOT_HELD';

/** Somebody begins to pay: from now on the order ends the hold, not time. Never shortens it. */
export const extendHold = (
  { type: _, ...extension }: ExtendHold,
  stock: Stock,
): Decided<StockEvent, ExtendRejection> => {
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  const claim = stock.claims.get(extension.orderId);
  if (claim?.status !== 'Held') return E.left('NOT_HELD');
  if (extension.expiresAt <= claim.expiresAt && claim.endsWithOrder === true) return E.right([]);
  const expiresAt = Math.max(extension.expiresAt, claim.expiresAt);
  return E.right([{ type: 'HoldExtended', ...extension, expiresAt }]);
};
