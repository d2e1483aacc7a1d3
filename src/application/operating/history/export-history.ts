import { either as E } from 'fp-ts';
import { EMPTY_HISTORY, nextHead } from '../../kernel/history/history-chain.js';
import { BEGINNING, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { HISTORY_FORMAT, type HistoryLine } from './history-lines.js';

export interface Exported {
  readonly events: number;
  readonly head: string;
}

const TOLD_EVERY = 1_000;

/** The event store went away in the middle. */
export class HistoryUnavailable extends Error {}

/** In their order, up to the newest. Throws HistoryUnavailable. */
export async function* eventsAfter(
  { read }: Pick<EventFeed, 'read'>,
  after: Position,
): AsyncGenerator<RecordedEvent, void> {
  for (let position = after; ;) {
    const batch = await read(position)();
    if (E.isLeft(batch)) throw new HistoryUnavailable('The event store does not answer');
    yield* batch.right.events;
    if (batch.right.caughtUp) return;
    position = batch.right.position;
  }
}

/**
 * Every event up to `until`, in order, a line each, between a line that names the format and one that seals it with their
 * number and the head of their chain. A file without that last line was cut short. Throws HistoryUnavailable.
 */
export async function* exportHistory(
  feed: Pick<EventFeed, 'read'>,
  until: Position,
  onProgress?: (position: Position, of: Position) => void,
): AsyncGenerator<HistoryLine, Exported> {
  yield { history: 'doorbuster', format: HISTORY_FORMAT };
  let [events, head]: [number, string] = [0, EMPTY_HISTORY];
  for await (const { streamId, id, event, metadata, position } of eventsAfter(feed, BEGINNING)) {
    if (position > until) break;
    const line = { streamId, id, event, metadata };
    head = nextHead(head, line);
    events += 1;
    if (events % TOLD_EVERY === 0) onProgress?.(position, until);
    yield line;
  }
  yield { events, head };
  return { events, head };
}
