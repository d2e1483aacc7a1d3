import { type EventToAppend } from '../../ports/event-store.js';
import { canonicalJson } from './canonical-json.js';
import { type Digest, leafOf, nodeOf } from './merkle-tree.js';

/** What moves with an event from one store to another; its position and the time of recording belong to the store. */
export interface HistoryEvent extends EventToAppend {
  readonly streamId: string;
}

/** The head of a history without events. */
export const EMPTY_HISTORY: Digest = '0'.repeat(64);

/** An event as it is exported and hashed: canonical JSON of `{event, id, metadata, streamId}`. */
export const canonicalEvent = ({ streamId, id, event, metadata }: HistoryEvent): string =>
  canonicalJson({ event, id, metadata, streamId });

/** What an event is in a seal, and in the chain of an exported history. */
export const leafOfEvent = (event: HistoryEvent): Digest => leafOf(canonicalEvent(event));

/** The head of a history with one more event. If an event is changed, removed, added or moved, every head after it is different. */
export const nextHead = (head: Digest, event: HistoryEvent): Digest => nodeOf(head, leafOfEvent(event));
