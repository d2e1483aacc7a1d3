import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type OrderCreated } from '../../../domain/order/events.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type AskStock } from '../stock/ask-stock.js';
import { stockHoldId, stockHoldsView } from '../stock/views/stock-holds.js';
import { type Ports } from '../../ports/ports.js';

/** Makes sure that the goods of an order are held until `until` (epoch milliseconds). 'Gone': others have them now. */
export type HoldForPayment = (
  order: Pick<OrderCreated, 'orderId' | 'userId' | 'lines'>,
  until: number,
  correlationId: string,
) => TE.TaskEither<'Unavailable', 'Held' | 'Gone'>;

export interface HoldForPaymentPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly stock: AskStock;
}

/** By so much the clocks of two processes may differ: one of them may think that a hold has run out by now. */
const CLOCKS_DIFFER_MS = 5_000;

/**
 * Tells the writer of each product that somebody has begun to pay. From then on a hold ends only when its order ends, so the order
 * keeps the goods until the gateway's answer is known. If a view shows the hold and the hold has not run out, that is believed: only
 * the end of the order can have ended it, and the caller reads the order's events again afterwards. Otherwise the writer's answer is
 * awaited, and goods that are no longer held are reserved again. 'Gone': others have them.
 */
export const holdForPayment = ({ stock, readModels, clock }: HoldForPaymentPorts): HoldForPayment => {
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
          const extension = { productId, orderId, expiresAt: until };
          if (O.isSome(hold) && hold.value.status === 'Held') {
            const told = await stock.tell({ eventType: 'STOCK_EXTEND', ...extension }, correlationId)();
            if (E.isLeft(told)) return E.left('Unavailable');
            // Anybody who still sends an expiry of this hold sends it after our extension.
            if (clock.now() + CLOCKS_DIFFER_MS < hold.value.expiresAt) return E.right(true);
            const extended = await stock.extend(extension, correlationId)();
            if (E.isRight(extended)) return E.right(true);
            if (extended.left.code !== 'REJECTED') return E.left('Unavailable');
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
