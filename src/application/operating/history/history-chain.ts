import { createHash } from 'node:crypto';
import { type EventToAppend } from '../../ports/event-store.js';

/** What moves with an event from one store to another; its position and the time of recording belong to the store. */
export interface HistoryEvent extends EventToAppend {
  readonly streamId: string;
}

/** The head of a history without events. */
export const EMPTY_HISTORY = '0'.repeat(64);

/** JSON with the keys of every object in order, so that one value has one text. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([one], [other]) => (one < other ? -1 : 1)))
      : held,
  );

/**
 * The head of a history with one more event: SHA-256 in hex of the head before it, a line break, and the canonical JSON of
 * `{event, id, metadata, streamId}`. An event that is changed, left out, put in or moved changes every head after it.
 */
export const nextHead = (head: string, { streamId, id, event, metadata }: HistoryEvent): string =>
  createHash('sha256')
    .update(`${head}\n${canonicalJson({ streamId, id, event, metadata })}`)
    .digest('hex');
