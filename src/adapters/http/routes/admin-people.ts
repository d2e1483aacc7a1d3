import { function as F, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type OperateOrder } from '../../../application/checkout/order/operate-order.js';
import { type FindPerson } from '../../../application/operating/people/find-person.js';
import { nothing, route, type Route } from '../route.js';
import { id, idOut } from '../schemas/fields.js';
import { step } from './operate-order.js';
import { found } from './admin.js';

const people = z
  .object({
    items: z.array(z.object({ userId: idOut, by: z.enum(['USER', 'ORDER', 'PAYMENT', 'REQUEST', 'TOKEN']) })),
  })
  .meta({ id: 'People' });

interface UseCases {
  readonly findPerson: FindPerson;
  readonly cancelOrder: OperateOrder;
}

/** Who is meant, and what operators do for them. */
export const adminPeopleRoutes = ({ findPerson, cancelOrder }: UseCases): ReadonlyArray<Route> => [
  route({
    method: 'get',
    access: 'viewer',
    path: '/admin/people/:id',
    tag: 'Operators',
    summary: 'Whose an id is: of a user, an order, a payment, a request or a waiting token',
    params: z.object({ id }),
    query: nothing,
    body: nothing,
    answers: { 200: { description: 'All whose it may be', schema: people } },
    problems: ['UNAVAILABLE'],
    handle: ({ params }, exchange) =>
      found(
        F.pipe(
          findPerson(params.id),
          TE.map((items) => ({ items })),
        ),
        exchange,
      ),
  }),
  step({
    path: '/admin/orders/:orderId/cancel',
    tag: 'Operators',
    summary: 'Cancel an order for its user: everything it took is given back, a payment is refunded',
    access: 'operator',
    by: 'OPERATOR',
    operate: cancelOrder,
  }),
];
