import { function as F, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type OrdersOfEvent } from '../../../application/checkout/order/find-orders.js';
import { type ListSagas, type OperateSaga } from '../../../application/checkout/parking/operate-parked.js';
import { type ParkedSaga } from '../../../application/checkout/parking/views/parked-sagas.js';
import { type EventById } from '../../../application/shop-event/event-by-id.js';
import { actorAndReason } from '../actor-and-reason.js';
import { found, pageOf } from '../answer.js';
import { route, type Route } from '../route.js';
import { done, parkedSagas, replaySaga } from '../schemas/admin.js';
import { cursor, id, iso, limit } from '../schemas/fields.js';
import { orders } from '../schemas/order.js';
import { operating, type Verify, verifying, viewing, watched } from './admin.js';
import { shownOrder } from './orders.js';

const shownSaga = ({ parkedAt, ...saga }: ParkedSaga) => ({ ...saga, parkedAt: iso(parkedAt) });

interface UseCases {
  readonly verifyOrder: Verify;
  readonly verifyOrderStock: Verify;
  readonly eventById: EventById;
  readonly boughtOfEvent: OrdersOfEvent;
  readonly listSagas: ListSagas;
  readonly replaySaga: OperateSaga;
  readonly compensateSaga: OperateSaga;
}

/** `doorbuster verify order`, `verify order-stock` and `sagas list|replay|compensate`. */
export const adminOrderRoutes = (useCases: UseCases): ReadonlyArray<Route> => [
  route({
    ...verifying,
    path: '/admin/orders/:orderId/verify',
    summary: 'Is anything of this order half done? From the events alone',
    params: z.object({ orderId: id }),
    problems: ['ORDER_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => watched((watch) => useCases.verifyOrder(params.orderId, watch), exchange),
  }),
  route({
    ...verifying,
    path: '/admin/products/:productId/verify',
    summary: 'Does the stock of this product add up? From the events alone',
    params: z.object({ productId: id }),
    problems: ['PRODUCT_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => watched((watch) => useCases.verifyOrderStock(params.productId, watch), exchange),
  }),
  route({
    ...viewing,
    path: '/admin/events/:eventId/orders',
    summary: 'Paid orders of one event, for example to refund them when it was cancelled',
    params: z.object({ eventId: id }),
    query: z.object({ cursor, limit }),
    answers: { 200: { description: 'A page', schema: orders } },
    problems: ['EVENT_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params, query }, exchange) => {
      // No orders of an event that was mistyped would read as nobody to refund.
      const bought = TE.flatMap(() => useCases.boughtOfEvent({ ...params, ...query }));
      return found(F.pipe(useCases.eventById(params.eventId), bought), exchange, pageOf(shownOrder));
    },
  }),
  route({
    ...viewing,
    path: '/admin/sagas',
    summary: 'Orders that are parked, page by page',
    query: z.object({ cursor, limit }),
    answers: { 200: { description: 'A page', schema: parkedSagas } },
    problems: ['UNAVAILABLE'],
    handle: ({ query }, exchange) => found(useCases.listSagas(query), exchange, pageOf(shownSaga)),
  }),
  ...(['replay', 'compensate'] as const).map((verb) =>
    route({
      ...operating,
      path: `/admin/sagas/:orderId/${verb}`,
      summary: verb === 'replay' ? 'Go on with a parked order' : 'Cancel a parked order: everything is given back',
      params: z.object({ orderId: id }),
      body: replaySaga,
      answers: { 200: { description: 'It goes on', schema: done } },
      problems: ['SAGA_NOT_FOUND', 'INVALID_ORDER_STATE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
      handle: ({ params, body }, exchange) => {
        const operate = verb === 'replay' ? useCases.replaySaga : useCases.compensateSaga;
        return found(operate({ ...params, ...actorAndReason(body, exchange) }), exchange);
      },
    }),
  ),
];
