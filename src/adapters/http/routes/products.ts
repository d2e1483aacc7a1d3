import { either as E } from 'fp-ts';
import { z } from 'zod';
import {
  type ChangeProductTermsError,
  type ChangeProductTerms,
} from '../../../application/checkout/stock/change-terms.js';
import { type CreateProductError, type CreateProduct } from '../../../application/checkout/stock/create-product.js';
import { type ReceiveStockError, type ReceiveStock } from '../../../application/checkout/stock/receive-stock.js';
import {
  type ProductError,
  type ProductSeen,
  type ProductById,
} from '../../../application/checkout/stock/product-by-id.js';
import { type StockAudit } from '../../../application/checkout/stock/stock-audit.js';
import { noChallenge } from '../../../domain/challenge-policy.js';
import { type ChangedProductTerms } from '../../../domain/stock/change-terms.js';
import { noLimits, type PurchaseLimits } from '../../../domain/stock/purchase-limits.js';
import { json, problem } from '../answer.js';
import { actorAndReason } from '../actor-and-reason.js';
import { invalidCursor, type Refusal, tryAgain } from '../problems.js';
import { nothing, route, type Route } from '../route.js';
import { cursor, id, iso, limit } from '../schemas/fields.js';
import { newDelivery, newProduct, product, productTermsChange, shelf, stockAudit } from '../schemas/order.js';

const productUrl = (productId: string): string => `/api/products/${productId}`;

const shown = ({
  productId,
  name,
  price,
  eventId,
  onHand,
  held,
  available,
  status,
  policy,
  limits,
  challenge,
}: Omit<ProductSeen, 'createdAt' | 'revision' | 'isClosed'>) => ({
  productId,
  name,
  price,
  eventId,
  onHand,
  held,
  available,
  status,
  policy,
  ...limits,
  challenge,
});

/** What of its terms was said. */
const saidTerms = ({
  maxPerUser,
  maxOpenHolds,
  pauseAfterExpirySeconds,
  challenge,
}: Pick<z.output<typeof productTermsChange>, keyof PurchaseLimits | 'challenge'>): ChangedProductTerms => {
  const limits = {
    ...(maxPerUser !== undefined && { maxPerUser }),
    ...(maxOpenHolds !== undefined && { maxOpenHolds }),
    ...(pauseAfterExpirySeconds !== undefined && { pauseAfterExpirySeconds }),
  };
  return {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(challenge !== undefined && { challenge }),
  };
};

const refusal = (error: CreateProductError | ProductError): Refusal => {
  switch (error.code) {
    case 'PRODUCT_EXISTS':
    case 'PRODUCT_NOT_FOUND':
      return { code: error.code };
    case 'UNAVAILABLE':
      return tryAgain(error.code);
    case 'OUTCOME_UNKNOWN':
      return tryAgain(error.code, 1, { productId: error.productId, statusUrl: productUrl(error.productId) });
  }
};

const notReceived = (error: ReceiveStockError): Refusal => {
  switch (error.code) {
    case 'PRODUCT_NOT_FOUND':
    case 'REQUEST_ID_REUSED':
    case 'STOCK_LIMIT_REACHED':
    case 'UNPROCESSABLE':
      return { code: error.code };
    case 'OVERLOADED':
    case 'UNAVAILABLE':
      return tryAgain(error.code);
    case 'OUTCOME_UNKNOWN':
      return tryAgain(error.code, 1, { deliveryNote: error.deliveryNote });
  }
};

const notChanged = ({ code }: ChangeProductTermsError, productId: string): Refusal => {
  switch (code) {
    case 'PRODUCT_NOT_FOUND':
    case 'UNPROCESSABLE':
      return { code };
    case 'OVERLOADED':
    case 'UNAVAILABLE':
      return tryAgain(code);
    case 'OUTCOME_UNKNOWN':
      return tryAgain(code, 1, { productId, statusUrl: productUrl(productId) });
  }
};

interface UseCases {
  readonly changeProductTerms: ChangeProductTerms;
  readonly createProduct: CreateProduct;
  readonly productById: ProductById;
  readonly receiveStock: ReceiveStock;
  readonly stockAudit: StockAudit;
}

const byId = { tag: 'Products', params: z.object({ productId: id }), body: nothing } as const;

/** Products: what there is of each, and the ledger of how that came to be. */
export const productRoutes = (useCases: UseCases): ReadonlyArray<Route> => [
  route({
    method: 'post',
    path: '/api/products',
    tag: 'Products',
    summary: 'Create a product with its first stock',
    access: 'operator',
    params: nothing,
    query: nothing,
    body: newProduct,
    answers: { 201: { description: 'The product', schema: product, headers: ['Location'] } },
    problems: ['PRODUCT_EXISTS', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body }, { requestId: correlationId, language }) => {
      const { productId, name, price, stock: onHand, eventId = null, policy } = body;
      const said = { ...(productId !== undefined && { productId }), ...(policy && { policy }), ...saidTerms(body) };
      const wanted = { name, price, stock: onHand, eventId, correlationId, ...said };
      const created = await useCases.createProduct(wanted)();
      if (E.isLeft(created)) return problem(refusal(created.left), language);
      const shelf = { onHand, held: 0, available: onHand, status: onHand > 0 ? 'AVAILABLE' : 'SOLD_OUT' } as const;
      const limits = { ...noLimits, ...said.limits };
      const { challenge = noChallenge } = said;
      const answer = shown({ name, price, eventId, ...created.right, ...shelf, limits, challenge });
      return json(201, answer, { Location: productUrl(answer.productId) });
    },
  }),
  route({
    ...byId,
    method: 'get',
    access: 'public',
    path: '/api/products/:productId',
    summary: 'A product: on hand, held, available',
    query: nothing,
    answers: { 200: { description: 'The product', schema: product } },
    problems: ['PRODUCT_NOT_FOUND', 'UNAVAILABLE'],
    handle: async ({ params }, { language }) => {
      const found = await useCases.productById(params.productId)();
      return E.isLeft(found) ? problem(refusal(found.left), language) : json(200, shown(found.right));
    },
  }),
  route({
    ...byId,
    method: 'patch',
    path: '/api/products/:productId',
    summary:
      'Change how much of it one user may have, and whether they solve a challenge; what is not named stays as it is',
    access: 'operator',
    listensTo: { 'X-Actor': 'Who asks, when the body does not say' },
    query: nothing,
    body: productTermsChange,
    answers: { 200: { description: 'The product as it is then', schema: product } },
    problems: ['PRODUCT_NOT_FOUND', 'UNPROCESSABLE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ params: { productId }, body }, exchange) => {
      const change = { productId, ...actorAndReason(body, exchange), ...saidTerms(body) };
      const changed = await useCases.changeProductTerms(change)();
      if (E.isLeft(changed)) return problem(notChanged(changed.left, productId), exchange.language);
      return json(200, shown(changed.right));
    },
  }),
  route({
    ...byId,
    method: 'post',
    path: '/api/products/:productId/stock',
    summary: 'More of a product; a delivery note is received once, however often it is sent',
    access: 'operator',
    query: nothing,
    body: newDelivery,
    answers: { 200: { description: 'What there is of it then', schema: shelf } },
    problems: [
      'PRODUCT_NOT_FOUND',
      'REQUEST_ID_REUSED',
      'STOCK_LIMIT_REACHED',
      'UNPROCESSABLE',
      'UNAVAILABLE',
      'OUTCOME_UNKNOWN',
    ],
    handle: async ({ params, body }, { requestId: correlationId, language, repeatableId }) => {
      const { quantity, deliveryNote = repeatableId } = body;
      const delivery = { ...params, quantity, ...(deliveryNote !== undefined && { deliveryNote }), correlationId };
      const received = await useCases.receiveStock(delivery)();
      if (E.isLeft(received)) return problem(notReceived(received.left), language);
      const { onHand, held, available } = received.right;
      return json(200, { onHand, held, available });
    },
  }),
  route({
    ...byId,
    method: 'get',
    access: 'viewer',
    path: '/api/products/:productId/stock-audit',
    summary: 'The ledger of its stock, from the beginning, page by page',
    query: z.object({ cursor, limit }),
    answers: { 200: { description: 'A page', schema: stockAudit } },
    problems: ['PRODUCT_NOT_FOUND', 'UNAVAILABLE'],
    handle: async ({ params, query }, { language }) => {
      const page = { ...params, limit: query.limit, ...(query.cursor && { cursor: query.cursor }) };
      const found = await useCases.stockAudit(page)();
      if (E.isLeft(found))
        return problem(
          found.left.code === 'INVALID_CURSOR' ? invalidCursor : refusal({ code: found.left.code }),
          language,
        );
      const items = found.right.items.map(({ at, ...entry }) => ({ ...entry, at: iso(at) }));
      return json(200, { items, nextCursor: found.right.nextCursor });
    },
  }),
];
