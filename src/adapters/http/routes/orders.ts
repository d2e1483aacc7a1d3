import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type CreateOrder, type CreateOrderError } from '../../../application/checkout/order/create-order.js';
import { type FindOrder, type OrdersOfUser } from '../../../application/checkout/order/find-orders.js';
import { type OrderSeen } from '../../../application/checkout/order/order-seen.js';
import { type ChallengeOfProducts } from '../../../application/checkout/stock/challenge-of-products.js';
import { derivedId } from '../../../application/kernel/writer/event-ids.js';
import { type Caller } from '../../../application/ports/identity.js';
import { found, json, pageOf, problem } from '../answer.js';
import { concerns } from '../identity/access.js';
import { listensToPass, passOf } from '../identity/bearer-token.js';
import { cutToNesting } from '../json-body.js';
import { type DemandChallenge, listensToChallenge } from '../limits/demand-challenge.js';
import { listensToPrefer, type LongPoll } from '../long-poll.js';
import { type Refusal, refused } from '../problems.js';
import { route, type Route } from '../route.js';
import { cursor, id, iso, isoOrNull, limit } from '../schemas/fields.js';
import { createdOrder, newOrderMarking, order, orders } from '../schemas/order.js';

export const orderUrl = (orderId: string): string => `/api/orders/${orderId}`;

const refusal = (error: CreateOrderError): Refusal => {
  switch (error.code) {
    case 'PURCHASE_LIMIT': {
      const { code, productId, reached } = error;
      return refused(code, { productId, ...reached, until: isoOrNull(reached.until) });
    }
    case 'OUTCOME_UNKNOWN':
      return refused(error.code, { orderId: error.orderId, statusUrl: orderUrl(error.orderId) });
    default: {
      const { code, ...fields } = error;
      return refused(code, fields);
    }
  }
};

/** Addresses of before their form was bounded may be nested deeper than what writes JSON can follow. */
const DEEPEST = 16;

export const shownOrder = ({ isPending: _, refund, shipping, ...order }: OrderSeen) => {
  const { createdAt, updatedAt, holdExpiresAt, ...seen } = order;
  return {
    ...seen,
    shipping: cutToNesting(DEEPEST, shipping),
    refund: refund === null ? null : { ...refund, refundedAt: isoOrNull(refund.refundedAt) },
    holdExpiresAt: iso(holdExpiresAt),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  };
};

/** The id of an order is everybody's; one a user chose counts among their own alone. */
const ownOrderId = (caller: Caller, given: string): string =>
  caller.kind === 'user' ? derivedId(`order/${caller.userId}/${given}`) : given;

interface UseCases {
  readonly challengeOfProducts: ChallengeOfProducts;
  readonly createOrder: CreateOrder;
  readonly orderById: FindOrder;
  readonly ordersOfUser: OrdersOfUser;
}

/** Placing an order, and looking at it. */
export const orderRoutes = (
  useCases: UseCases,
  longPoll: LongPoll,
  demand: DemandChallenge,
  personalFields: ReadonlyArray<string> = [],
): ReadonlyArray<Route> => [
  route({
    method: 'post',
    path: '/api/orders',
    access: concerns('body'),
    isSaleFlow: true,
    tag: 'Orders',
    summary: 'Place an order: its goods are held until it is paid; all lines or none',
    listensTo: { ...listensToPass, ...listensToChallenge },
    body: newOrderMarking(personalFields),
    answers: {
      201: {
        description: 'It stands, and waits for payment; one of total 0 is paid',
        schema: createdOrder,
        headers: ['Location'],
      },
    },
    problems: [
      'PRODUCT_NOT_FOUND',
      'SALE_NOT_OPEN',
      'WAITING_REQUIRED',
      'CHALLENGE_REQUIRED',
      'INSUFFICIENT_STOCK',
      'PURCHASE_LIMIT',
      'COUPON_NOT_USABLE',
      'INSUFFICIENT_POINTS',
      'POINTS_EXCEED_TOTAL',
      'TOTAL_TOO_LARGE',
      'ORDER_EXISTS',
      'REQUEST_ID_REUSED',
      'SOLD_OUT',
      'INVALID_ORDER_STATE',
      'UNPROCESSABLE',
      'UNAVAILABLE',
      'OUTCOME_UNKNOWN',
    ],
    handle: async ({ body }, exchange) => {
      const { requestId: correlationId, language } = exchange;
      const pass = passOf(exchange);
      const { orderId: given, userId, lines, shipping, couponId = null, usePoints = 0 } = body;
      const challenged = await useCases.challengeOfProducts(lines.map(({ productId }) => productId));
      const demanded = challenged === null ? null : await demand(exchange, challenged);
      if (demanded !== null) return problem(demanded, language);
      const wish = { userId, lines, shipping, couponId, usePoints, ...(pass && { pass }), correlationId };
      const orderId = given === undefined ? exchange.repeatableId : ownOrderId(exchange.caller, given);
      const placed = await useCases.createOrder({ ...wish, ...(orderId !== undefined && { orderId }) })();
      if (E.isLeft(placed)) return problem(refusal(placed.left), language);
      const { placedAt: _, ...order } = placed.right;
      const answer = { ...order, holdExpiresAt: iso(order.holdExpiresAt) };
      return json(201, answer, { Location: orderUrl(answer.orderId) });
    },
  }),
  route({
    method: 'get',
    path: '/api/orders/:orderId',
    access: concerns('order'),
    tag: 'Orders',
    summary: 'An order',
    listensTo: listensToPrefer,
    params: z.object({ orderId: id }),
    answers: { 200: { description: 'The order', schema: order } },
    problems: ['ORDER_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) =>
      longPoll(exchange, (until) => found(useCases.orderById(params.orderId, until), exchange, shownOrder)),
  }),
  route({
    method: 'get',
    path: '/api/users/:userId/orders',
    access: concerns('path'),
    tag: 'Orders',
    summary: "A user's orders, the newest first, page by page",
    params: z.object({ userId: id }),
    query: z.object({ cursor, limit }),
    answers: { 200: { description: 'A page', schema: orders } },
    problems: ['UNAVAILABLE'],
    handle: ({ params, query }, exchange) =>
      found(useCases.ordersOfUser({ ...params, ...query }), exchange, pageOf(shownOrder)),
  }),
];
