import { either as E } from 'fp-ts';
import { EMPTY_HISTORY, nextHead } from '../../kernel/history/history-chain.js';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { HISTORY_FORMAT, type HistoryLine } from './history-lines.js';

export interface Exported {
  readonly events: number;
  readonly head: string;
}

const BATCH = 1_000;

/** The event store went away in the middle. */
export class HistoryUnavailable extends Error {}

/**
 * Every event up to `until`, in order, a line each, between a line that names the format and one that seals it with their
 * number and the head of their chain. A file without that last line was cut short. Throws HistoryUnavailable.
 */
export async function* exportHistory(
  { read }: Pick<EventFeed, 'read'>,
  until: Position,
  onProgress?: (position: Position, of: Position) => void,
): AsyncGenerator<HistoryLine, Exported> {
  yield { history: 'doorbuster', format: HISTORY_FORMAT };
  let [position, events, head]: [Position, number, string] = [BEGINNING, 0, EMPTY_HISTORY];
  while (position < until) {
    const batch = await read(position, { batchSize: BATCH })();
    if (E.isLeft(batch)) throw new HistoryUnavailable('The event store does not answer');
    for (const { streamId, id, event, metadata, position: at } of batch.right.events) {
      if (at > until) break;
      const line = { streamId, id, event, metadata };
      head = nextHead(head, line);
      events += 1;
      yield line;
    }
    if (batch.right.position === position) break;
    position = batch.right.position;
    onProgress?.(Math.min(position, until), until);
  }
  yield { events, head };
  return { events, head };
}
