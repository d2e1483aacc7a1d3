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
  let sum = OVERHEAD;
  for (const value of values) sum += sizeOfValue(value);
  return sum;
};

/**
 * The events in the order given, cut into pieces that one append can take. The events of one message share its metadata:
 * they are cut apart only where they are too many for one append by themselves.
 */
export const inAppends = (events: ReadonlyArray<EventToAppend>): ReadonlyArray<ReadonlyArray<EventToAppend>> => {
  const sizes = events.map(({ event }) => sizeOf(event));
  const pieces: EventToAppend[][] = [];
  let [start, bytes] = [0, 0];
  const cutBefore = (end: number): void => {
    if (end > start) pieces.push(events.slice(start, end));
    [start, bytes] = [end, 0];
  };
  const isOver = (end: number, added: number): boolean =>
    end - start > MOST_EVENTS || (end - start > 1 && bytes + added > MOST_BYTES);

  for (let from = 0, end: number; from < events.length; from = end) {
    let whole = sizes[from] ?? 0;
    for (end = from + 1; end < events.length && events[end]?.metadata === events[from]?.metadata; end += 1)
      whole += sizes[end] ?? 0;
    if (isOver(end, whole)) cutBefore(from);
    for (let each = from; each < end; each += 1) {
      const size = sizes[each] ?? 0;
      if (isOver(each + 1, size)) cutBefore(each);
      bytes += size;
    }
  }
  cutBefore(events.length);
  return pieces;
};
