import { z } from 'zod';
import { type DeadLetterDocument } from '../../../application/operating/dead-letters/dead-letters-view.js';
import {
  type ListDeadLetters,
  type ShowDeadLetter,
} from '../../../application/operating/dead-letters/find-dead-letters.js';
import { type DiscardDeadLetter } from '../../../application/operating/dead-letters/operate-dead-letter.js';
import { type ReplayDeadLetter } from '../../../application/operating/dead-letters/replay-dead-letter.js';
import { type ReplayDeadLetters } from '../../../application/operating/dead-letters/replay-dead-letters.js';
import { actorAndReason } from '../actor-and-reason.js';
import { found, pageOf } from '../answer.js';
import { route, type Route } from '../route.js';
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
import { cursor, iso, limit } from '../schemas/fields.js';
import { listensToProgress, operating, viewing, watched } from './admin.js';

const one = { params: z.object({ id: deadLetterId }) } as const;

const FATE = [
  'DEAD_LETTER_NOT_FOUND',
  'ALREADY_REPLAYED',
  'ALREADY_DISCARDED',
  'NOT_REPLAYABLE',
  'ORIGINAL_GONE',
  'UNAVAILABLE',
  'OUTCOME_UNKNOWN',
] as const;

interface UseCases {
  readonly listDeadLetters: ListDeadLetters;
  readonly showDeadLetter: ShowDeadLetter;
  readonly replayDeadLetter: ReplayDeadLetter;
  readonly replayDeadLetters: ReplayDeadLetters;
  readonly discardDeadLetter: DiscardDeadLetter;
}

const shown = ({ deadLetterId: id, ...letter }: DeadLetterDocument) => ({
  id,
  topic: letter.origin.topic,
  ...letter,
  firstAttemptAt: iso(letter.firstAttemptAt),
  lastAttemptAt: iso(letter.lastAttemptAt),
  recordedAt: iso(letter.recordedAt),
  history: letter.history.map(({ at, ...done }) => ({ ...done, at: iso(at) })),
});

/** `doorbuster dead-letters list|show|replay|discard`. */
export const adminDeadLetterRoutes = (useCases: UseCases): ReadonlyArray<Route> => [
  route({
    ...viewing,
    path: '/admin/dead-letters',
    summary: 'Dead letters: messages that could not be processed, page by page',
    query: z.object({ topic: topic.exactOptional(), cursor, limit }),
    answers: { 200: { description: 'A page', schema: deadLetters } },
    problems: ['UNAVAILABLE'],
    handle: ({ query }, exchange) =>
      found(useCases.listDeadLetters({ status: 'OPEN', ...query }), exchange, pageOf(shown)),
  }),
  route({
    ...viewing,
    ...one,
    path: '/admin/dead-letters/:id',
    summary: 'A dead letter in full, and how it failed',
    answers: { 200: { description: 'The dead letter', schema: deadLetter } },
    problems: ['DEAD_LETTER_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) => found(useCases.showDeadLetter(params.id), exchange, shown),
  }),
  route({
    ...operating,
    path: '/admin/dead-letters/replay',
    summary: 'Replay all dead letters of a topic; dryRun only lists them',
    ...listensToProgress,
    body: replayMany,
    answers: { 200: { description: 'What was put back, or would be', schema: done } },
    problems: ['UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ body }, exchange) =>
      watched(
        ({ onProgress, signal }) =>
          useCases.replayDeadLetters({
            ...body,
            ...actorAndReason(body, exchange),
            onProgress: (done, total) => onProgress({ done, total }),
            signal,
          }),
        exchange,
      ),
  }),
  route({
    ...operating,
    ...one,
    path: '/admin/dead-letters/:id/replay',
    summary: 'Replay a dead letter',
    body: replayOne,
    answers: { 200: { description: 'The message was published again, or would be', schema: done } },
    problems: FATE,
    handle: ({ params: { id }, body: { dryRun, ...said } }, exchange) =>
      found(useCases.replayDeadLetter(id, { dryRun, ...actorAndReason(said, exchange) }), exchange),
  }),
  route({
    ...operating,
    ...one,
    path: '/admin/dead-letters/:id/discard',
    summary: 'Discard a dead letter, with a reason',
    body: discard,
    answers: { 200: { description: 'It is given up', schema: done } },
    problems: FATE,
    handle: ({ params: { id }, body }, exchange) =>
      found(useCases.discardDeadLetter(id, actorAndReason(body, exchange)), exchange, () => ({
        id,
        status: 'DISCARDED',
      })),
  }),
];
