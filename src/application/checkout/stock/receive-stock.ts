import { either as E, type taskEither as TE } from 'fp-ts';
import { type ReceiveRejection } from '../../../domain/stock/receive-stock.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { oneOf } from '../../kernel/one-of.js';
import { askDecider, type AskedError } from '../../kernel/outcome/ask-decider.js';
import { type AskWriterPorts } from '../../kernel/outcome/ask-writer.js';
import { awaitVisibleIn } from '../../kernel/projection/await-visible.js';
import { type Ids } from '../../ports/ids.js';
import { productById, type ProductSeen } from './product-by-id.js';
import { NO_ORDER, stockRequestId, toStockMessage } from './stock-messages.js';
import { stockAnswers } from './stock-outcomes.js';
import { productsView } from './views/products.js';

export interface DeliveryToReceive {
  readonly productId: string;
  readonly quantity: number;
  /** The operator's own, if there is one: the same note is received once, and never with another quantity. */
  readonly deliveryNote?: string;
  readonly correlationId: string;
}

export type ReceiveStockError =
  /** REQUEST_ID_REUSED: this note came with another quantity. UNPROCESSABLE: set aside, for operators to look at. */
  | { readonly code: ReceiveRejection | 'UNPROCESSABLE' }
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It may have been received, or will be: repeat it with this note. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly deliveryNote: string };

/** More of a product, decided by the one writer of its stock; answered with the product as queries see it with it. */
export type ReceiveStock = (delivery: DeliveryToReceive) => TE.TaskEither<ReceiveStockError, ProductSeen>;

export interface ReceiveStockPorts extends AskWriterPorts {
  readonly ids: Ids;
  /** How long a call waits to see what it led to. */
  readonly waitMs: number;
}

const isReceiveRejection = oneOf<ReceiveRejection>({
  PRODUCT_NOT_FOUND: true,
  REQUEST_ID_REUSED: true,
  STOCK_LIMIT_REACHED: true,
});

const refused = (error: AskedError, deliveryNote: string): ReceiveStockError => {
  if (error.code === 'OUTCOME_UNKNOWN') return { code: error.code, deliveryNote };
  if (error.code !== 'REJECTED') return { code: error.code };
  return { code: isReceiveRejection(error.rejection) ? error.rejection : 'UNPROCESSABLE' };
};

export const receiveStock = ({ ids, waitMs, ...ports }: ReceiveStockPorts): ReceiveStock => {
  const ask = askDecider(ports);
  const product = productById(ports);
  const visible = awaitVisibleIn(ports, waitMs)(productsView);
  return ({ productId, quantity, deliveryNote = ids.next(), correlationId }) =>
    async () => {
      // A new request every time: it is the note that makes a repeated delivery the same, also after a rejection.
      const requestId = stockRequestId(NO_ORDER, ids.next());
      const request = { eventType: 'STOCK_RECEIVE', productId, deliveryNote, quantity, isAwaited: true } as const;
      const message = toStockMessage(request, { requestId, correlationId, at: ports.clock.now() });
      const received = await ask({ topic: STOCK_REQUESTS, answers: stockAnswers, message, requestId, waitMs })();
      if (E.isLeft(received)) return E.left(refused(received.left, deliveryNote));
      const shown = await visible(received.right, productId)();
      return E.isLeft(shown) ? E.left({ code: 'OUTCOME_UNKNOWN', deliveryNote }) : product(productId)();
    };
};
