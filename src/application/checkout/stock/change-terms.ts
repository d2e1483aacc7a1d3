import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { type ChangedProductTerms, type ChangeTermsRejection } from '../../../domain/stock/change-terms.js';
import { eventId } from '../../kernel/writer/event-ids.js';
import { oneOf } from '../../kernel/one-of.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { type AskedError, askWriter } from '../../kernel/outcome/ask-writer.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { productById, type ProductSeen } from './product-by-id.js';
import { type ReceiveStockPorts } from './receive-stock.js';
import { stockStream } from './stock-aggregate.js';
import { NO_ORDER, stockRequestId, toStockMessage } from './stock-messages.js';
import { productsView } from './views/products.js';

export interface ProductTermsToChange extends ChangedProductTerms {
  readonly productId: string;
  /** Who, and why: recorded. */
  readonly actor: string;
  readonly reason: string;
  readonly correlationId: string;
}

export type ChangeProductTermsError = {
  readonly code: ChangeTermsRejection | 'UNPROCESSABLE' | 'OVERLOADED' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN';
};

/** Limits and challenge of a product, decided by the one writer of its stock in its turn; answered with the product then. */
export type ChangeProductTerms = (change: ProductTermsToChange) => TE.TaskEither<ChangeProductTermsError, ProductSeen>;

const isRejection = oneOf<ChangeTermsRejection>({ PRODUCT_NOT_FOUND: true });

const refused = (error: AskedError): ChangeProductTermsError => {
  if (error.code !== 'REJECTED') return { code: error.code };
  return { code: isRejection(error.rejection) ? error.rejection : 'UNPROCESSABLE' };
};

export const changeProductTerms = ({ ids, waitMs, ...ports }: ReceiveStockPorts): ChangeProductTerms => {
  const reader = liveReader(ports.readModels);
  const ask = askWriter(ports);
  const product = productById(ports);
  return ({ correlationId, ...change }) =>
    async () => {
      const requestId = stockRequestId(NO_ORDER, ids.next());
      const request = { eventType: 'STOCK_CHANGE_TERMS', ...change } as const;
      const message = toStockMessage(request, { requestId, correlationId, at: ports.clock.now() });
      const answer = eventId(stockStream(change.productId), requestId, 0);
      const read = F.pipe(
        reader.get(productsView, change.productId),
        TE.map(O.filter(({ termsChangedBy }) => termsChangedBy === answer)),
      );
      const where = { topic: STOCK_REQUESTS, context: 'stock', view: productsView.name, id: change.productId } as const;
      const changed = await ask({ ...where, message, requestId, read, waitMs })();
      return E.isLeft(changed) ? E.left(refused(changed.left)) : product(change.productId)();
    };
};
