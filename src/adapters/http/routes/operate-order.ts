import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type OperateOrder } from '../../../application/checkout/order/operate-order.js';
import { json, problem } from '../answer.js';
import { type OrderUseCases } from '../order-use-cases.js';
import { tryAgain } from '../problems.js';
import { type Access, concerns } from '../identity/access.js';
import { nothing, route, type Route } from '../route.js';
import { id } from '../schemas/fields.js';
import { orderOperation, orderStepped } from '../schemas/order.js';
import { orderUrl } from './orders.js';

const step = (verb: 'cancel' | 'ship' | 'deliver', summary: string, access: Access, operate: OperateOrder): Route =>
  route({
    method: 'post',
    path: `/api/orders/:orderId/${verb}`,
    tag: 'Orders',
    summary,
    access,
    params: z.object({ orderId: id }),
    query: nothing,
    body: orderOperation,
    answers: { 200: { description: 'The order as it is then', schema: orderStepped } },
    problems: ['ORDER_NOT_FOUND', 'INVALID_ORDER_STATE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ params, body: { reason = 'none given' } }, { requestId: correlationId, language }) => {
      const done = await operate({ ...params, reason, correlationId })();
      if (E.isRight(done)) return json(200, { ...params, status: done.right.status });
      const { code } = done.left;
      switch (code) {
        case 'ORDER_NOT_FOUND':
        case 'INVALID_ORDER_STATE':
          return problem({ code }, language);
        case 'UNAVAILABLE':
          return problem(tryAgain(code), language);
        case 'OUTCOME_UNKNOWN':
          return problem(tryAgain(code, 1, { statusUrl: orderUrl(params.orderId) }), language);
      }
    },
  });

/** The steps of an order's life others take: any other than the state machine allows is refused. */
export const operateOrderRoutes = (
  useCases: Pick<OrderUseCases, 'cancelOrder' | 'shipOrder' | 'deliverOrder'>,
): ReadonlyArray<Route> => [
  step('cancel', 'Cancel it: everything it took is given back', concerns('order'), useCases.cancelOrder),
  step('ship', 'It is on its way', 'service', useCases.shipOrder),
  step('deliver', 'It has arrived', 'service', useCases.deliverOrder),
];
