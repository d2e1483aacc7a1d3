import { z } from 'zod';
import { concerns } from '../identity/access.js';
import { nothing, route, type Route } from '../route.js';
import { id } from '../schemas/fields.js';
import { since } from '../sse/since.js';
import { type Subscribe } from '../sse/subscriptions.js';

const TYPE = 'text/event-stream';

/** What a user is told, as it happens. */
export const subscribeRoute = (subscribe: Subscribe): Route =>
  route({
    method: 'get',
    path: '/api/sse/subscribe/:userId',
    access: concerns('path'),
    takesTickets: true,
    tag: 'Notices',
    summary: 'What a user is told, as it happens: server-sent events',
    listensTo: { 'Last-Event-ID': 'The last id that was seen: what came since is told first, once and in order' },
    params: z.object({ userId: id }),
    query: z.object({
      lastEventId: z.string().max(64).optional().meta({ description: 'The same, for who cannot send the header.' }),
    }),
    body: nothing,
    answers: {
      200: {
        description:
          '`connected` first, then `coupon-issued`, `coupon-rejected`, `coupon-rejection-withdrawn`, ' +
          '`token-activated`, `token-expired`, ' +
          '`order-completed`, `order-cancelled`, `order-expired`, `order-failed`, `payment-completed`, ' +
          '`payment-refunded`, `event-open` and `event-cancelled`; `resync` when what was missed is no longer kept.',
        schema: z.string(),
        contentType: TYPE,
      },
    },
    problems: ['UNAVAILABLE'],
    handle: async ({ params: { userId }, query: { lastEventId } }, exchange) =>
      exchange.req.method === 'HEAD'
        ? { status: 200, headers: { 'Content-Type': TYPE }, body: '' }
        : subscribe(exchange, userId, since(exchange.header('last-event-id') ?? lastEventId)),
  });
