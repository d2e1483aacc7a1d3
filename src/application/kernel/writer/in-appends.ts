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

/** The events of one message share its metadata. */
const endOfMessage = (events: ReadonlyArray<EventToAppend>, from: number): number => {
  let end = from + 1;
  while (end < events.length && events[end]?.metadata === events[from]?.metadata) end += 1;
  return end;
};

/**
 * The events in the order given, cut into pieces that one append can take. The events of one message are cut apart only
 * where they are too many for one append by themselves.
 */
export const inAppends = (events: ReadonlyArray<EventToAppend>): ReadonlyArray<ReadonlyArray<EventToAppend>> => {
  const pieces: EventToAppend[][] = [];
  let piece: EventToAppend[] = [];
  let bytes = 0;
  const cut = (): void => {
    if (piece.length > 0) pieces.push(piece);
    piece = [];
    bytes = 0;
  };
  for (let from = 0, end: number; from < events.length; from = end) {
    end = endOfMessage(events, from);
    const message = events.slice(from, end).map((event) => ({ event, size: sizeOf(event.event) }));
    const size = message.reduce((sum, each) => sum + each.size, 0);
    if (piece.length + message.length > MOST_EVENTS || bytes + size > MOST_BYTES) cut();
    for (const each of message) {
      if (piece.length === MOST_EVENTS || (piece.length > 0 && bytes + each.size > MOST_BYTES)) cut();
      piece.push(each.event);
      bytes += each.size;
    }
  }
  cut();
  return pieces;
};
