import { type either as E } from 'fp-ts';
import { yieldToEventLoop } from '../../kernel/yield-to-event-loop.js';
import { type AskStock } from '../stock/ask-stock.js';

type Told = E.Either<'OVERLOADED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN', void>;

interface Together {
  readonly orderIds: Set<string>;
  readonly told: Promise<Told>;
}

/**
 * Has orders that are over give back one product: those that ask in the same turn by one request, for thousands may run
 * out at once.
 */
export const restoreTogether = (stock: Pick<AskStock, 'tell'>) => {
  const open = new Map<string, Together>();
  return (productId: string, orderId: string, correlationId: string): Promise<Told> => {
    const known = open.get(productId);
    if (known !== undefined) {
      known.orderIds.add(orderId);
      return known.told;
    }
    const orderIds = new Set([orderId]);
    const told = yieldToEventLoop().then(() => {
      open.delete(productId);
      return stock.tell({ eventType: 'STOCK_RESTORE_HOLDS', productId, orderIds: [...orderIds] }, correlationId)();
    });
    open.set(productId, { orderIds, told });
    return told;
  };
};
