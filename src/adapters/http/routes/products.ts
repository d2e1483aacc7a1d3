import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type CreateProductError } from '../../../application/checkout/stock/create-product.js';
import { type ReceiveStockError } from '../../../application/checkout/stock/receive-stock.js';
import { type ProductError, type ProductSeen } from '../../../application/checkout/stock/product-by-id.js';
import { json, problem } from '../answer.js';
import { type OrderUseCases } from '../order-use-cases.js';
import { invalidCursor, type Refusal, tryAgain } from '../problems.js';
import { nothing, route, type Route } from '../route.js';
import { cursor, id, iso, limit } from '../schemas/fields.js';
import { newDelivery, newProduct, product, shelf, stockAudit } from '../schemas/order.js';

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
});

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

type UseCases = Pick<OrderUseCases, 'createProduct' | 'productById' | 'receiveStock' | 'stockAudit'>;

const byId = { tag: 'Products', params: z.object({ productId: id }), body: nothing } as const;

/** Products: what there is of each, and the ledger of how that came to be. */
export const productRoutes = (useCases: UseCases): ReadonlyArray<Route> => [
  route({
    method: 'post',
    path: '/api/products',
    tag: 'Products',
    summary: 'Create a product with its first stock',
    operator: true,
    params: nothing,
    query: nothing,
    body: newProduct,
    answers: { 201: { description: 'The product', schema: product, headers: ['Location'] } },
    problems: ['PRODUCT_EXISTS', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body: { productId, eventId = null, ...terms } }, { requestId: correlationId, language }) => {
      const wanted = { ...terms, eventId, correlationId, ...(productId !== undefined && { productId }) };
      const created = await useCases.createProduct(wanted)();
      if (E.isLeft(created)) return problem(refusal(created.left), language);
      const stock = { onHand: terms.stock, held: 0, available: terms.stock };
      const status = terms.stock > 0 ? 'AVAILABLE' : 'SOLD_OUT';
      const answer = shown({ ...terms, ...created.right, eventId, ...stock, status });
      return json(201, answer, { Location: productUrl(answer.productId) });
    },
  }),
  route({
    ...byId,
    method: 'get',
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
    method: 'post',
    path: '/api/products/:productId/stock',
    summary: 'More of a product; a delivery note is received once, however often it is sent',
    operator: true,
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
      const items = found.right.items.map(({ productId: _, at, ...entry }) => ({ ...entry, at: iso(at) }));
      return json(200, { items, nextCursor: found.right.nextCursor });
    },
  }),
];
