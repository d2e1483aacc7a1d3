import { z } from 'zod';
import { type OperateOrder } from '../../../application/checkout/order/operate-order.js';
import { type FindPerson } from '../../../application/operating/people/find-person.js';
import { type TimelineOfUser } from '../../../application/operating/timeline/timeline-of-user.js';
import { found } from '../answer.js';
import { route, type Route } from '../route.js';
import { timeline } from '../schemas/admin.js';
import { cursor, id, idOut, limit, named } from '../schemas/fields.js';
import { viewing } from './admin.js';
import { step } from './operate-order.js';

const people = named('People', {
  items: z.array(z.object({ userId: idOut, by: z.enum(['USER', 'ORDER', 'PAYMENT', 'REQUEST', 'TOKEN']) })),
});

interface UseCases {
  readonly findPerson: FindPerson;
  readonly cancelOrder: OperateOrder;
}

/** Who is meant, and what operators do for them. */
export const adminPeopleRoutes = ({ findPerson, cancelOrder }: UseCases): ReadonlyArray<Route> => [
  route({
    ...viewing,
    path: '/admin/people/:id',
    summary: 'Find the user behind the id of a user, an order, a payment, a request or a waiting token',
    params: z.object({ id }),
    answers: { 200: { description: 'All whose it may be', schema: people } },
    problems: ['UNAVAILABLE'],
    handle: ({ params }, exchange) => found(findPerson(params.id), exchange, (items) => ({ items })),
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

/** `doorbuster timeline`. */
export const adminTimelineRoute = ({ timelineOfUser }: { readonly timelineOfUser: TimelineOfUser }): Route =>
  route({
    ...viewing,
    path: '/admin/users/:userId/timeline',
    summary: 'Everything that happened to a user, from the queue to the delivery, in order, page by page',
    params: z.object({ userId: id }),
    query: z.object({ cursor, limit }),
    answers: { 200: { description: 'A page', schema: timeline } },
    problems: ['UNAVAILABLE'],
    handle: ({ params, query }, exchange) => found(timelineOfUser({ ...params, ...query }), exchange),
  });
