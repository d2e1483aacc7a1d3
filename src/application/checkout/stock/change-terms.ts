import { either as E, type taskEither as TE } from 'fp-ts';
import { type ChangedProductTerms, type ChangeTermsRejection } from '../../../domain/stock/change-terms.js';
import { oneOf } from '../../kernel/one-of.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { type AskedError, askDecider } from '../../kernel/outcome/ask-decider.js';
import { awaitVisibleIn } from '../../kernel/projection/await-visible.js';
import { productById, type ProductSeen } from './product-by-id.js';
import { type ReceiveStockPorts } from './receive-stock.js';
import { NO_ORDER, stockRequestId, toStockMessage } from './stock-messages.js';
import { stockAnswers } from './stock-outcomes.js';
import { productsView } from './views/products.js';
import { type ByOperator } from '../../kernel/by-operator.js';

export interface ProductTermsToChange extends ChangedProductTerms, ByOperator {
  readonly productId: string;
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
  const ask = askDecider(ports);
  const product = productById(ports);
  const visible = awaitVisibleIn(ports, waitMs)(productsView);
  return ({ correlationId, ...change }) =>
    async () => {
      const requestId = stockRequestId(NO_ORDER, ids.next());
      const request = { eventType: 'STOCK_CHANGE_TERMS', isAwaited: true, ...change } as const;
      const message = toStockMessage(request, { requestId, correlationId, at: ports.clock.now() });
      const changed = await ask({ topic: STOCK_REQUESTS, answers: stockAnswers, message, requestId, waitMs })();
      if (E.isLeft(changed)) return E.left(refused(changed.left));
      const shown = await visible(changed.right, change.productId)();
      return E.isLeft(shown) ? E.left({ code: 'OUTCOME_UNKNOWN' }) : product(change.productId)();
    };
};
