import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type OrderCreated } from '../../../domain/order/events.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type ReadModels } from '../../ports/read-models.js';
import { type AskStock } from '../stock/ask-stock.js';
import { stockHoldId, stockHoldsView } from '../stock/views/stock-holds.js';

/** Makes sure that the goods of an order are held until `until` (epoch milliseconds). 'Gone': others have them now. */
export type HoldForPayment = (
  order: Pick<OrderCreated, 'orderId' | 'userId' | 'lines'>,
  until: number,
  correlationId: string,
) => TE.TaskEither<'Unavailable', 'Held' | 'Gone'>;

export interface HoldForPaymentPorts {
  readonly stock: AskStock;
  readonly readModels: ReadModels;
}

/**
 * A hold ends only when its order ends, so a view that shows it held is believed: the caller reads the order's events once more
 * after this. What it does not show as held is reserved again by the writer of the product, or is gone.
 */
export const holdForPayment = ({ stock, readModels }: HoldForPaymentPorts): HoldForPayment => {
  const reader = liveReader(readModels);
  return ({ orderId, userId, lines }, until, correlationId) =>
    async () => {
      const holds = await reader.getMany(
        stockHoldsView,
        lines.map(({ productId }) => stockHoldId(orderId, productId)),
      )();
      if (E.isLeft(holds)) return E.left('Unavailable');
      const held = await Promise.all(
        lines.map(async ({ productId, quantity }, n): Promise<E.Either<'Unavailable', boolean>> => {
          const hold = holds.right[n] ?? O.none;
          if (O.isSome(hold) && hold.value.status === 'Held') {
            // Not waited for: until the answer the order keeps the goods, even after the deadline of the hold.
            if (hold.value.expiresAt < until)
              await stock.tell({ eventType: 'STOCK_EXTEND', productId, orderId, expiresAt: until }, correlationId)();
            return E.right(true);
          }
          const line = { productId, orderId, userId, quantity, expiresAt: until, again: true };
          const reserved = await stock.reserve(line, correlationId)();
          if (E.isRight(reserved)) return E.right(true);
          return reserved.left.code === 'REJECTED' ? E.right(false) : E.left('Unavailable');
        }),
      );
      const failed = held.find(E.isLeft);
      if (failed !== undefined) return failed;
      return E.right(held.every((line) => E.isRight(line) && line.right) ? 'Held' : 'Gone');
    };
};
