import { type EventBody, type EventToAppend } from '../../ports/event-store.js';

const MOST_EVENTS = 1_000;
/** The store's cap is 800 kB, of which it needs a little itself. */
const MOST_BYTES = 750_000;
/** An event's id, metadata and field names, generously. */
const OVERHEAD = 500;

const sizeOfValue = (value: unknown): number => {
  if (typeof value === 'string') return value.length * 3;
  return typeof value === 'object' && value !== null ? JSON.stringify(value).length * 3 : 24;
};

/** An upper bound in bytes: three to a UTF-16 unit. Writing each event out as JSON to measure it would cost more than deciding it. */
const sizeOf = (event: EventBody): number => {
  const values: ReadonlyArray<unknown> = Object.values(event);
  return values.reduce<number>((sum, value) => sum + sizeOfValue(value), OVERHEAD);
};

/** The events in the order given, cut into pieces that one append can take. */
export const inAppends = (events: ReadonlyArray<EventToAppend>): ReadonlyArray<ReadonlyArray<EventToAppend>> => {
  const pieces: EventToAppend[][] = [];
  let piece: EventToAppend[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = sizeOf(event.event);
    if (piece.length === MOST_EVENTS || (piece.length > 0 && bytes + size > MOST_BYTES)) {
      pieces.push(piece);
      piece = [];
      bytes = 0;
    }
    piece.push(event);
    bytes += size;
  }
  return piece.length === 0 ? pieces : [...pieces, piece];
};

/**
 * Groups of events, none of them cut apart, gathered into pieces that one append can take. A group that is too large by
 * itself is a piece of its own, to be cut by whoever appends it.
 */
export const groupsInAppends = (
  groups: ReadonlyArray<ReadonlyArray<EventToAppend>>,
): ReadonlyArray<ReadonlyArray<EventToAppend>> => {
  const pieces: EventToAppend[][] = [];
  let piece: EventToAppend[] = [];
  let bytes = 0;
  for (const group of groups) {
    const size = group.reduce((sum, { event }) => sum + sizeOf(event), 0);
    if (piece.length > 0 && (piece.length + group.length > MOST_EVENTS || bytes + size > MOST_BYTES)) {
      pieces.push(piece);
      piece = [];
      bytes = 0;
    }
    piece.push(...group);
    bytes += size;
  }
  return piece.length === 0 ? pieces : [...pieces, piece];
};
