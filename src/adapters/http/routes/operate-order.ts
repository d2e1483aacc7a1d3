import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type OperateOrder } from '../../../application/checkout/order/operate-order.js';
import { json, problem } from '../answer.js';
import { refused } from '../problems.js';
import { type Access, concerns } from '../identity/access.js';
import { route, type Route } from '../route.js';
import { id } from '../schemas/fields.js';
import { orderOperation, orderStepped } from '../schemas/order.js';
import { orderUrl } from './orders.js';

interface Step {
  readonly path: `/${string}/:orderId/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  readonly by?: 'OPERATOR';
  readonly operate: OperateOrder;
}

/** A step of an order's life: any other than the state machine allows is refused. */
export const step = ({ operate, by, ...described }: Step): Route =>
  route({
    ...described,
    method: 'post',
    params: z.object({ orderId: id }),
    body: orderOperation,
    answers: { 200: { description: 'The order as it is then', schema: orderStepped } },
    problems: ['ORDER_NOT_FOUND', 'INVALID_ORDER_STATE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ params, body: { reason = 'none given' } }, { requestId: correlationId, language }) => {
      const done = await operate({ ...params, reason, ...(by && { by }), correlationId })();
      if (E.isRight(done)) return json(200, { ...params, status: done.right.status });
      const { code } = done.left;
      const fields = code === 'OUTCOME_UNKNOWN' ? { statusUrl: orderUrl(params.orderId) } : {};
      return problem(refused(code, fields), language);
    },
  });

const ofOrder = { tag: 'Orders' } as const;

/** The steps that users and the shop's backend take. */
export const operateOrderRoutes = (useCases: {
  readonly cancelOrder: OperateOrder;
  readonly shipOrder: OperateOrder;
  readonly deliverOrder: OperateOrder;
}): ReadonlyArray<Route> => [
  step({
    ...ofOrder,
    path: '/api/orders/:orderId/cancel',
    summary: 'Cancel it: everything it took is given back',
    access: concerns('order'),
    operate: useCases.cancelOrder,
  }),
  step({
    ...ofOrder,
    path: '/api/orders/:orderId/ship',
    summary: 'Mark an order as shipped',
    access: 'service',
    operate: useCases.shipOrder,
  }),
  step({
    ...ofOrder,
    path: '/api/orders/:orderId/deliver',
    summary: 'Mark an order as delivered',
    access: 'service',
    operate: useCases.deliverOrder,
  }),
];
