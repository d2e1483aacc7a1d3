import { z } from 'zod';
import { type AdminUseCases } from '../admin-use-cases.js';
import { actorAndReason } from '../actor-and-reason.js';
import { nothing, route, type Route } from '../route.js';
import {
  deadLetter,
  deadLetterId,
  deadLetters,
  discard,
  done,
  replayMany,
  replayOne,
  topic,
} from '../schemas/admin.js';
import { cursor, limit } from '../schemas/fields.js';
import { found, watched } from './admin.js';

const shared = { tag: 'Operators' } as const;
const one = { ...shared, params: z.object({ id: deadLetterId }), query: nothing } as const;

const FATE = [
  'DEAD_LETTER_NOT_FOUND',
  'ALREADY_REPLAYED',
  'ALREADY_DISCARDED',
  'NOT_REPLAYABLE',
  'ORIGINAL_GONE',
  'UNAVAILABLE',
  'OUTCOME_UNKNOWN',
] as const;

type UseCases = Pick<
  AdminUseCases,
  'listDeadLetters' | 'showDeadLetter' | 'replayDeadLetter' | 'replayDeadLetters' | 'discardDeadLetter'
>;

/** `doorbuster dead-letters list|show|replay|discard`. */
export const adminDeadLetterRoutes = (useCases: UseCases): ReadonlyArray<Route> => [
  route({
    ...shared,
    method: 'get',
    access: 'viewer',
    path: '/admin/dead-letters',
    summary: 'Dead letters: messages that could not be processed, page by page',
    params: nothing,
    query: z.object({ topic: topic.optional(), cursor, limit }),
    body: nothing,
    answers: { 200: { description: 'A page', schema: deadLetters } },
    problems: ['UNAVAILABLE'],
    handle: ({ query }, exchange) =>
      found(
        useCases.listDeadLetters({
          limit: query.limit,
          ...(query.topic && { topic: query.topic }),
          ...(query.cursor && { cursor: query.cursor }),
        }),
        exchange,
      ),
  }),
  route({
    ...one,
    method: 'get',
    access: 'viewer',
    path: '/admin/dead-letters/:id',
    summary: 'A dead letter in full, and how it failed',
    body: nothing,
    answers: { 200: { description: 'The dead letter', schema: deadLetter } },
    problems: ['DEAD_LETTER_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => found(useCases.showDeadLetter(params.id), exchange),
  }),
  route({
    ...shared,
    method: 'post',
    access: 'operator',
    path: '/admin/dead-letters/replay',
    summary: 'Replay all dead letters of a topic; dryRun only lists them',
    listensTo: { Accept: 'application/x-ndjson: progress as lines, the result as the last' },
    params: nothing,
    query: nothing,
    body: replayMany,
    answers: { 200: { description: 'What was put back, or would be', schema: done } },
    problems: ['UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ body: { topic: of, dryRun, rate, limit: most, ...said } }, exchange) =>
      watched(
        (watch) =>
          useCases.replayDeadLetters(
            {
              topic: of,
              dryRun,
              ...(rate !== undefined && { rate }),
              ...(most !== undefined && { limit: most }),
              ...actorAndReason(said, exchange),
            },
            watch,
          ),
        exchange,
      ),
  }),
  route({
    ...one,
    method: 'post',
    access: 'operator',
    path: '/admin/dead-letters/:id/replay',
    summary: 'Replay a dead letter',
    body: replayOne,
    answers: { 200: { description: 'It is back, or would be', schema: done } },
    problems: FATE,
    handle: ({ params: { id }, body: { dryRun, ...said } }, exchange) =>
      found(useCases.replayDeadLetter({ id, dryRun, ...actorAndReason(said, exchange) }), exchange),
  }),
  route({
    ...one,
    method: 'post',
    access: 'operator',
    path: '/admin/dead-letters/:id/discard',
    summary: 'Discard a dead letter, with a reason',
    body: discard,
    answers: { 200: { description: 'It is given up', schema: done } },
    problems: FATE,
    handle: ({ params: { id }, body }, exchange) =>
      found(useCases.discardDeadLetter({ id, ...actorAndReason(body, exchange) }), exchange),
  }),
];
