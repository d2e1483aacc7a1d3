import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { type PersonalData } from '../../kernel/personal-data/personal-data.js';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader, type Paged, type PageWanted } from '../../kernel/projection/live-reader.js';
import { awaitOutcome, type AwaitOutcomePorts } from '../../kernel/outcome/await-outcome.js';
import { type OrderSeen, seeOrder } from './order-seen.js';
import { type OrderDocument, ordersView } from './views/orders.js';

export interface FindOrdersPorts {
  readonly readModels: ReadModels;
  readonly personalData: PersonalData;
}

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
export const orderById = (ports: AwaitOutcomePorts & FindOrdersPorts): FindOrder => {
  const see = seeOrder(ports.personalData);
  const reader = liveReader(ports.readModels);
  const wait = awaitOutcome(ports);
  return (orderId, patience = { waitMs: 0 }) =>
    async () => {
      const read = F.pipe(reader.get(ordersView, orderId), TE.flatMap(O.traverse(TE.ApplicativePar)(see)));
      const isFinal = (found: O.Option<OrderSeen>): boolean => O.isNone(found) || !found.value.isPending;
      const found = await wait({ view: ordersView.name, id: orderId, read, isFinal, ...patience })();
      if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
      return O.isNone(found.right) ? E.left({ code: 'ORDER_NOT_FOUND' }) : E.right(found.right.value);
    };
};

const pageOf =
  ({ readModels, personalData }: FindOrdersPorts) =>
  (query: Parameters<ReturnType<typeof liveReader>['page']>[1]): Paged<OrderSeen> =>
    F.pipe(
      liveReader(readModels).page<OrderDocument>(ordersView, query),
      TE.flatMap(({ items, nextCursor }) =>
        F.pipe(
          TE.traverseArray(seeOrder(personalData))(items),
          TE.bimap(
            () => ({ code: 'UNAVAILABLE' }) as const,
            (seen) => ({ items: seen, nextCursor }),
          ),
        ),
      ),
    );

/** A user's orders, the newest first, page by page. */
export type OrdersOfUser = (request: PageWanted & { readonly userId: string }) => Paged<OrderSeen>;

export const ordersOfUser = (ports: FindOrdersPorts): OrdersOfUser => {
  const page = pageOf(ports);
  return ({ userId, ...rest }) => page({ index: 'by-user', key: userId, order: 'descending', ...rest });
};

/** Orders that are paid and whose goods are tied to an event of the shop, in the order in which they were placed. */
export type OrdersOfEvent = (request: PageWanted & { readonly eventId: string }) => Paged<OrderSeen>;

export const boughtOfEvent = (ports: FindOrdersPorts): OrdersOfEvent => {
  const page = pageOf(ports);
  return ({ eventId, ...rest }) => page({ index: 'bought-of-event', key: eventId, ...rest });
};
