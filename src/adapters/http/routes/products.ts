import { either as E } from 'fp-ts';
import { z } from 'zod';
import {
  type ChangeProductTerms,
  type ChangeProductTermsError,
} from '../../../application/checkout/stock/change-terms.js';
import { type CreateProduct, type CreateProductError } from '../../../application/checkout/stock/create-product.js';
import {
  type ProductById,
  type ProductError,
  type ProductSeen,
} from '../../../application/checkout/stock/product-by-id.js';
import { type ReceiveStock, type ReceiveStockError } from '../../../application/checkout/stock/receive-stock.js';
import { type StockAudit, type StockAuditEntry } from '../../../application/checkout/stock/stock-audit.js';
import { type ChallengePolicy, noChallenge } from '../../../domain/challenge-policy.js';
import { type ChangedProductTerms } from '../../../domain/stock/change-terms.js';
import { noLimits, type PurchaseLimits } from '../../../domain/stock/purchase-limits.js';
import { actorAndReason } from '../actor-and-reason.js';
import { found, json, pageOf, problem } from '../answer.js';
import { type Refusal, refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { cursor, id, iso, limit } from '../schemas/fields.js';
import { newDelivery, newProduct, product, productTermsChange, shelf, stockAudit } from '../schemas/order.js';

const productUrl = (productId: string): string => `/api/products/${productId}`;

const shown = ({ limits, policy, challenge, ...seen }: Omit<ProductSeen, 'createdAt' | 'revision' | 'isClosed'>) => {
  const { productId, name, price, eventId, onHand, held, available, status } = seen;
  return { productId, name, price, eventId, onHand, held, available, status, policy, ...limits, challenge };
};

const shownEntry = ({ at, ...entry }: StockAuditEntry) => ({ ...entry, at: iso(at) });

/** What of its terms was said. */
const saidTerms = ({
  challenge,
  ...limits
}: Partial<PurchaseLimits & { readonly challenge: ChallengePolicy }>): ChangedProductTerms => ({
  ...(Object.keys(limits).length > 0 && { limits }),
  ...(challenge !== undefined && { challenge }),
});

const refusal = (error: CreateProductError | ProductError): Refusal =>
  error.code === 'OUTCOME_UNKNOWN'
    ? refused(error.code, { productId: error.productId, statusUrl: productUrl(error.productId) })
    : refused(error.code);

const notReceived = (error: ReceiveStockError): Refusal =>
  error.code === 'OUTCOME_UNKNOWN' ? refused(error.code, { deliveryNote: error.deliveryNote }) : refused(error.code);

const notChanged = ({ code }: ChangeProductTermsError, productId: string): Refusal =>
  code === 'OUTCOME_UNKNOWN' ? refused(code, { productId, statusUrl: productUrl(productId) }) : refused(code);

interface UseCases {
  readonly changeProductTerms: ChangeProductTerms;
  readonly createProduct: CreateProduct;
  readonly productById: ProductById;
  readonly receiveStock: ReceiveStock;
  readonly stockAudit: StockAudit;
}

const byId = { tag: 'Products', params: z.object({ productId: id }) } as const;

/** Products: what there is of each, and the ledger of how that came to be. */
export const productRoutes = (useCases: UseCases): ReadonlyArray<Route> => [
  route({
    method: 'post',
    path: '/api/products',
    tag: 'Products',
    summary: 'Create a product with its first stock',
    access: 'operator',
    body: newProduct,
    answers: { 201: { description: 'The product', schema: product, headers: ['Location'] } },
    problems: ['PRODUCT_EXISTS', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body }, { requestId: correlationId, language, repeatableId }) => {
      const { productId = repeatableId, name, price, stock: onHand, eventId = null, policy, ...terms } = body;
      const said = { ...(productId !== undefined && { productId }), ...(policy && { policy }), ...saidTerms(terms) };
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
    answers: { 200: { description: 'The product', schema: product } },
    problems: ['PRODUCT_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => found(useCases.productById(params.productId), exchange, shown),
  }),
  route({
    ...byId,
    method: 'patch',
    path: '/api/products/:productId',
    summary:
      'Change how much of it one user may have, and whether they solve a challenge; what is not named stays as it is',
    access: 'operator',
    listensTo: { 'X-Actor': 'Who asks, when the body does not say' },
    body: productTermsChange,
    answers: { 200: { description: 'The product as it is then', schema: product } },
    problems: ['PRODUCT_NOT_FOUND', 'UNPROCESSABLE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ params: { productId }, body }, exchange) => {
      const { actor, reason, ...terms } = body;
      const change = { productId, ...actorAndReason({ actor, reason }, exchange), ...saidTerms(terms) };
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
    handle: ({ params, query }, exchange) =>
      found(useCases.stockAudit({ ...params, ...query }), exchange, pageOf(shownEntry)),
  }),
];
