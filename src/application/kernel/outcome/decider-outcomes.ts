import { type EventBody } from '../../ports/event-store.js';
import { eventId } from '../writer/event-ids.js';
import { isRejectionEvent, type RejectionContext, rejectionsStream } from '../writer/rejected-requests.js';
import { DONE, outcome, type OutcomeRule, outcomesOf } from './outcomes.js';

export const deciderOutcomes = outcomesOf(outcome);

/** Where the requests of a context whose writer is a `deciderWriting` are answered. */
export interface AnsweringStreams {
  readonly context: RejectionContext;
  readonly streamOf: (key: string) => string;
}

const idOf = (context: RejectionContext, firstEventId: string): string => `${context}/${firstEventId}`;

/**
 * The key of a request's outcome, known before it is asked: by the id of the first event that the request leads to, which
 * is derived from aggregate and request. The request ids of these contexts are given out here, and never a caller's own.
 */
export const outcomeId = ({ context, streamOf }: AnsweringStreams, key: string, requestId: string): string =>
  idOf(context, eventId(streamOf(key), requestId, 0));

/** The first answer stands, unless it is a rejection that is withdrawn. `isAnswer`: the events that a request somebody waits for begins with. */
export const deciderOutcomeRule = (
  { context, streamOf }: AnsweringStreams,
  isAnswer: (event: EventBody) => boolean,
): OutcomeRule => ({
  context,
  streamPrefixes: [streamOf(''), rejectionsStream(context, '')],
  ids: ({ event, id }) => {
    if (isRejectionEvent(event)) return [outcomeId({ context, streamOf }, event.key, event.requestId)];
    return isAnswer(event) ? [idOf(context, id)] : [];
  },
  creates: ({ event }) => !isRejectionEvent(event),
  fold: (known, { event, position, recordedAt: processedAt }) => {
    if (!isRejectionEvent(event)) return { position, result: DONE, processedAt };
    // A dead letter may be replayed again after its request was carried out.
    if (known?.result === DONE) return known;
    if (event.type === 'RequestRejectionWithdrawn') return null;
    return known ?? { position, result: event.code, processedAt };
  },
});
