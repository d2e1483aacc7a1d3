import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type ReadModels } from '../ports/read-models.js';
import { liveReader } from '../projecting/live-reader.js';
import { type OrderDocument, ordersView } from './views/orders.js';

export type FindOrder = (
  orderId: string,
) => TE.TaskEither<{ readonly code: 'ORDER_NOT_FOUND' | 'UNAVAILABLE' }, OrderDocument>;

/** An order as queries see it. */
export const orderById = ({ readModels }: { readonly readModels: ReadModels }): FindOrder => {
  const reader = liveReader(readModels);
  return (orderId) => async () => {
    const found = await reader.get(ordersView, orderId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    return O.isNone(found.right) ? E.left({ code: 'ORDER_NOT_FOUND' }) : E.right(found.right.value);
  };
};

/** A user's orders, the newest first, page by page. 'INVALID_CURSOR': it is of no page before. */
export type OrdersOfUser = (request: {
  readonly userId: string;
  readonly limit: number;
  readonly cursor?: string;
}) => TE.TaskEither<
  { readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' },
  { readonly items: ReadonlyArray<OrderDocument>; readonly nextCursor: string | null }
>;

export const ordersOfUser = ({ readModels }: { readonly readModels: ReadModels }): OrdersOfUser => {
  const reader = liveReader(readModels);
  return ({ userId, ...page }) =>
    async () => {
      const query = { index: 'by-user', key: userId, order: 'descending', ...page } as const;
      const found = await reader.page(ordersView, query)();
      if (E.isRight(found)) return found;
      return E.left({ code: found.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE' });
    };
};
