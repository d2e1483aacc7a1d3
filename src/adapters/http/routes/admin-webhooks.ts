import { z } from 'zod';
import { type OperateWebhooks } from '../../../application/notices/webhooks/operate-webhooks.js';
import { actorAndReason } from '../actor-and-reason.js';
import { found, pageOf } from '../answer.js';
import { route, type Route } from '../route.js';
import { whoAndWhy, cursor, id, limit } from '../schemas/fields.js';
import { operating, viewing } from './admin.js';
import {
  changeWebhook,
  createWebhook,
  deadLettersRetried,
  replayWebhook,
  retryDeadLetters,
  rotateSecret,
  shownDelivery,
  shownWebhook,
  webhook,
  webhookDeadLetters,
  webhookRemoved,
  webhooks,
  webhookSecret,
  webhookTested,
} from '../schemas/webhook.js';

const one = { params: z.object({ endpointId: id }) } as const;
const AT = '/admin/webhooks/:endpointId';
const OF_ONE = ['WEBHOOK_NOT_FOUND', 'UNAVAILABLE'] as const;
const CHANGED = [...OF_ONE, 'OUTCOME_UNKNOWN'] as const;
const state = { 200: { description: 'How it stands now', schema: webhook } };

/** `doorbuster webhooks …`. */
export const adminWebhookRoutes = (calls: OperateWebhooks): ReadonlyArray<Route> => [
  route({
    ...viewing,
    path: '/admin/webhooks',
    summary: 'Endpoints that events are delivered to, and how each fares',
    answers: { 200: { description: 'All of them', schema: webhooks } },
    problems: ['UNAVAILABLE'],
    handle: (_, exchange) => found(calls.listWebhooks(), exchange, (all) => ({ items: all.map(shownWebhook) })),
  }),
  route({
    ...operating,
    path: '/admin/webhooks',
    summary: 'Have events delivered to an endpoint, from now on',
    body: createWebhook,
    answers: state,
    problems: ['TOO_MANY_WEBHOOKS', 'KEYS_SECRET_MISSING', ...CHANGED],
    handle: ({ body: { url, eventTypes, ...said } }, exchange) => {
      const { repeatableId: endpointId } = exchange;
      const wanted = { url, eventTypes, ...(endpointId !== undefined && { endpointId }) };
      return found(calls.createWebhook({ ...wanted, ...actorAndReason(said, exchange) }), exchange, shownWebhook);
    },
  }),
  route({
    ...viewing,
    ...one,
    path: AT,
    summary: 'An endpoint, and how it fares',
    answers: state,
    problems: OF_ONE,
    handle: ({ params }, exchange) => found(calls.showWebhook(params.endpointId), exchange, shownWebhook),
  }),
  route({
    ...operating,
    ...one,
    method: 'patch',
    path: AT,
    summary: 'Change where events go and which, pause it or resume it. Nothing is lost while it is paused',
    body: changeWebhook,
    answers: state,
    problems: CHANGED,
    handle: ({ params, body }, exchange) =>
      found(calls.changeWebhook({ ...params, ...body, ...actorAndReason(body, exchange) }), exchange, shownWebhook),
  }),
  route({
    ...operating,
    ...one,
    method: 'delete',
    path: AT,
    summary: 'Delete an endpoint: what it has not got yet is given up',
    query: z.object(whoAndWhy),
    answers: { 200: { description: 'It is deleted', schema: webhookRemoved } },
    problems: CHANGED,
    handle: ({ params, query }, exchange) =>
      found(calls.removeWebhook({ ...params, ...actorAndReason(query, exchange) }), exchange),
  }),
  route({
    ...operating,
    ...one,
    method: 'get',
    isDisclosure: true,
    path: `${AT}/secret`,
    summary: 'The secret its receiver verifies signatures with. Recorded in the audit trail',
    answers: { 200: { description: 'The newest', schema: webhookSecret } },
    problems: ['KEYS_SECRET_MISSING', ...OF_ONE],
    handle: ({ params }, exchange) => found(calls.showWebhookSecret(params.endpointId), exchange),
  }),
  route({
    ...operating,
    ...one,
    path: `${AT}/rotate-secret`,
    summary: 'A new secret signs from now on, and the old one beside it for a while',
    body: rotateSecret,
    answers: state,
    problems: CHANGED,
    handle: ({ params, body: { overlapMs, ...said } }, exchange) =>
      found(
        calls.rotateWebhookSecret({ ...params, overlapMs, ...actorAndReason(said, exchange) }),
        exchange,
        shownWebhook,
      ),
  }),
  route({
    ...operating,
    ...one,
    path: `${AT}/test`,
    summary: 'Send a message of type TEST, and see what becomes of it',
    answers: { 200: { description: 'Whether it was taken', schema: webhookTested } },
    problems: ['KEYS_SECRET_MISSING', ...OF_ONE],
    handle: ({ params }, exchange) => found(calls.testWebhook(params.endpointId), exchange),
  }),
  route({
    ...operating,
    ...one,
    path: `${AT}/replay`,
    summary: 'Deliver everything again that was recorded since a time, or between two',
    body: replayWebhook,
    answers: state,
    problems: CHANGED,
    handle: ({ params, body: { since, until = null, ...said } }, exchange) =>
      found(
        calls.replayWebhook({ ...params, since, until, ...actorAndReason(said, exchange) }),
        exchange,
        shownWebhook,
      ),
  }),
  route({
    ...viewing,
    ...one,
    path: `${AT}/dead-letters`,
    summary: 'Messages of an endpoint that were given up, page by page',
    query: z.object({ cursor, limit }),
    answers: { 200: { description: 'A page, the latest first', schema: webhookDeadLetters } },
    problems: OF_ONE,
    handle: ({ params, query }, exchange) =>
      found(calls.listWebhookDeadLetters({ ...params, ...query }), exchange, pageOf(shownDelivery)),
  }),
  route({
    ...operating,
    ...one,
    path: `${AT}/dead-letters/retry`,
    summary: 'Try dead letters of an endpoint again, the latest first',
    body: retryDeadLetters,
    answers: { 200: { description: 'How many are tried again', schema: deadLettersRetried } },
    problems: CHANGED,
    handle: ({ params, body: { limit: most, ...said } }, exchange) =>
      found(calls.retryWebhookDeadLetters({ ...params, limit: most, ...actorAndReason(said, exchange) }), exchange),
  }),
];
