import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { type AskedError, publishAndAwait, type PublishAndAwaitPorts } from '../handling/publish-and-await.js';
import { STOCK_REQUESTS } from '../messaging/topics.js';
import { type Ids } from '../ports/ids.js';
import { liveReader } from '../projecting/live-reader.js';
import { type StockRequest, stockRequestId, toStockMessage } from './stock-messages.js';
import { type StockHold, stockHoldId, stockHoldsView } from './views/stock-holds.js';

export interface AskStockPorts extends PublishAndAwaitPorts {
  readonly ids: Ids;
  readonly waitMs: number;
}

type OfOrder = Exclude<StockRequest, { readonly eventType: 'STOCK_RECEIVE' }>;
type Asked = Extract<OfOrder, { readonly eventType: 'STOCK_RESERVE' | 'STOCK_EXTEND' | 'STOCK_DEDUCT' }>;

/** The one way to the writer of a product's stock. */
export interface AskStock {
  /** Waits, bounded, until queries see what became of it. */
  readonly ask: (request: Asked, correlationId: string) => TE.TaskEither<AskedError, StockHold>;
  /** Durably asked, not waited for: giving back cannot be refused. */
  readonly tell: (
    request: OfOrder,
    correlationId: string,
  ) => TE.TaskEither<'OVERLOADED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN', void>;
}

const isCarriedOut =
  (request: Asked) =>
  ({ status, quantity, expiresAt }: StockHold): boolean => {
    if (status === 'Deducted') return true;
    if (request.eventType === 'STOCK_DEDUCT' || status !== 'Held') return false;
    return request.eventType === 'STOCK_RESERVE' ? quantity === request.quantity : expiresAt >= request.expiresAt;
  };

export const askStock = ({ ids, waitMs, ...ports }: AskStockPorts): AskStock => {
  const reader = liveReader(ports.readModels);
  const publishing = publishAndAwait(ports);
  const asking = (request: OfOrder, correlationId: string) => {
    const requestId = stockRequestId(request.orderId, ids.next());
    return { requestId, message: toStockMessage(request, { requestId, correlationId, at: ports.clock.now() }) };
  };
  return {
    ask: (request, correlationId) => {
      const id = stockHoldId(request.orderId, request.productId);
      const read = F.pipe(reader.get(stockHoldsView, id), TE.map(O.filter(isCarriedOut(request))));
      const asked = asking(request, correlationId);
      const where = { topic: STOCK_REQUESTS, context: 'stock', view: stockHoldsView.name, id } as const;
      return publishing({ ...asked, ...where, read, waitMs });
    },
    tell: (request, correlationId) => async () => {
      const { message } = asking(request, correlationId);
      const published = await ports.log.publish(STOCK_REQUESTS, message)();
      if (E.isRight(published)) return E.right(undefined);
      switch (published.left) {
        case 'LogOverloaded':
          return E.left('OVERLOADED');
        case 'PublishFailed':
          return E.left('UNAVAILABLE');
        case 'PublishOutcomeUnknown':
          return E.left('OUTCOME_UNKNOWN');
      }
    },
  };
};
