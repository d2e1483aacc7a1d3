import { either as E, type taskEither as TE } from 'fp-ts';
import { type OrderCreated } from '../../../domain/order/events.js';
import { type AskStock } from '../stock/ask-stock.js';

/** Whether the goods are there for the payer: held until `until`, taken again where the hold had run out. */
export type SecureGoods = (
  order: Pick<OrderCreated, 'orderId' | 'userId' | 'lines'>,
  until: number,
  correlationId: string,
) => TE.TaskEither<'Unavailable', 'Held' | 'Gone'>;

/** Each line through its product's writer, side by side; what was gained on the way to 'Gone' is freed with the order. */
export const secureGoods =
  (stock: AskStock): SecureGoods =>
  ({ orderId, userId, lines }, expiresAt, correlationId) =>
  async () => {
    const secured = await Promise.all(
      lines.map(async ({ productId, quantity }): Promise<E.Either<'Unavailable', boolean>> => {
        const line = { productId, orderId, expiresAt };
        const extended = await stock.extend(line, correlationId)();
        if (E.isRight(extended)) return E.right(true);
        if (extended.left.code !== 'REJECTED') return E.left('Unavailable');
        const reserved = await stock.reserve({ ...line, userId, quantity, again: true }, correlationId)();
        if (E.isRight(reserved)) return E.right(true);
        return reserved.left.code === 'REJECTED' ? E.right(false) : E.left('Unavailable');
      }),
    );
    const failed = secured.find(E.isLeft);
    if (failed !== undefined) return failed;
    return E.right(secured.every((line) => E.isRight(line) && line.right) ? 'Held' : 'Gone');
  };
