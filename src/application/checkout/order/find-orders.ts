import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader, type LivePage } from '../../kernel/projection/live-reader.js';
import { awaitOutcome, type AwaitOutcomePorts } from '../../kernel/outcome/await-outcome.js';
import { type OrderSeen, orderSeen } from './order-seen.js';
import { type OrderDocument, ordersView } from './views/orders.js';

/** How long the answer may be held while it is not final, and for whom. */
export interface Patience {
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

export type FindOrder = (
  orderId: string,
  patience?: Patience,
) => TE.TaskEither<{ readonly code: 'ORDER_NOT_FOUND' | 'UNAVAILABLE' }, OrderSeen>;

/** An order as queries see it; held, where that is asked for, while anything of it is pending. */
export const orderById = (ports: AwaitOutcomePorts): FindOrder => {
  const reader = liveReader(ports.readModels);
  const wait = awaitOutcome(ports);
  return (orderId, patience = { waitMs: 0 }) =>
    async () => {
      const read = F.pipe(reader.get(ordersView, orderId), TE.map(O.map(orderSeen)));
      const isFinal = (found: O.Option<OrderSeen>): boolean => O.isNone(found) || !found.value.isPending;
      const found = await wait({ view: ordersView.name, id: orderId, read, isFinal, ...patience })();
      if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
      return O.isNone(found.right) ? E.left({ code: 'ORDER_NOT_FOUND' }) : E.right(found.right.value);
    };
};

/** 'INVALID_CURSOR': it is of no page before. */
type Paged = TE.TaskEither<{ readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' }, LivePage<OrderSeen>>;

interface Page {
  readonly limit: number;
  readonly cursor?: string;
}

const pageOf =
  (readModels: ReadModels) =>
  (query: Parameters<ReturnType<typeof liveReader>['page']>[1]): Paged =>
    F.pipe(
      liveReader(readModels).page<OrderDocument>(ordersView, query),
      TE.mapLeft((left) => ({ code: left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE' }) as const),
      TE.map(({ items, nextCursor }) => ({ items: items.map(orderSeen), nextCursor })),
    );

/** A user's orders, the newest first, page by page. */
export type OrdersOfUser = (request: Page & { readonly userId: string }) => Paged;

export const ordersOfUser = ({ readModels }: { readonly readModels: ReadModels }): OrdersOfUser => {
  const page = pageOf(readModels);
  return ({ userId, ...rest }) => page({ index: 'by-user', key: userId, order: 'descending', ...rest });
};

/** Orders that are paid and whose goods are tied to an event of the shop, in the order in which they were placed. */
export type OrdersOfEvent = (request: Page & { readonly eventId: string }) => Paged;

export const boughtOfEvent = ({ readModels }: { readonly readModels: ReadModels }): OrdersOfEvent => {
  const page = pageOf(readModels);
  return ({ eventId, ...rest }) => page({ index: 'bought-of-event', key: eventId, ...rest });
};
