import { type StockLine } from '../../../application/ports/stock-gate.js';

/** How much of each product in all, in the order in which they are first named. */
export const perProduct = (lines: ReadonlyArray<StockLine>): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  return wanted;
};
