import { z } from 'zod';
import { type View } from '../../kernel/projection/view.js';
import { isDeadLetterEvent } from './dead-letter.js';
import { DEAD_LETTER_STREAMS, type DeadLetterEvent, deadLetterRecorded } from './dead-letter-events.js';

const status = z.enum(['OPEN', 'REPLAYED', 'DISCARDED']);

const deadLetterDocument = deadLetterRecorded.omit({ at: true }).extend({
  status,
  recordedAt: z.number(),
  /** What operators did with it, in order; the last 50. */
  history: z.array(z.object({ action: status, actor: z.string(), reason: z.string(), at: z.number() })),
});

/** A dead letter and its fate. Times are epoch milliseconds. */
export type DeadLetterDocument = z.infer<typeof deadLetterDocument>;

const REMEMBERED = 50;

const apply = (document: DeadLetterDocument | null, event: DeadLetterEvent): DeadLetterDocument | null => {
  if (event.type === 'DeadLetterRecorded') {
    const { type: _, at, ...letter } = event;
    return document ?? { ...letter, status: 'OPEN', recordedAt: at, history: [] };
  }
  if (document === null) return null;
  const { actor, reason, at } = event;
  const action = event.type === 'DeadLetterReplayed' ? 'REPLAYED' : 'DISCARDED';
  const history = [...document.history, { action, actor, reason, at } as const].slice(-REMEMBERED);
  return { ...document, status: action, history };
};

/** The index that answers a filter, and its key. */
export const indexFor = (filter: { readonly topic?: string; readonly status?: DeadLetterDocument['status'] }) => ({
  index: 'letters',
  key: `${filter.topic ?? '*'}/${filter.status ?? '*'}`,
});

interface AskedOf {
  readonly topic: string;
  readonly key: string;
  readonly requestId: string;
}

/** The index that answers whether a request is among those that are open, and its key. */
export const openRequests = (asked: AskedOf) => ({
  index: 'open-requests',
  key: `${asked.topic}/${asked.key}/${asked.requestId}`,
});

/** By id; index `letters` by topic and status, each or neither, in order of recording; `open-requests` by what is asked. */
export const deadLettersView: View<DeadLetterDocument> = {
  name: 'dead-letters',
  version: 2,
  schema: deadLetterDocument,
  streamPrefixes: [DEAD_LETTER_STREAMS],
  documentIds: ({ event }) => (isDeadLetterEvent(event) ? [event.deadLetterId] : []),
  fold: (document, { event }) => (isDeadLetterEvent(event) ? apply(document, event) : document),
  entries: ({ origin: { topic }, key, headers, status, recordedAt: sort }) => {
    const filters = [{}, { topic }, { status }, { topic, status }].map(indexFor);
    const requestId = headers['request-id'];
    const isOpenRequest = status === 'OPEN' && requestId !== undefined;
    const asked = isOpenRequest ? [openRequests({ topic, key, requestId })] : [];
    return [...filters, ...asked].map((index) => ({ ...index, sort }));
  },
};
