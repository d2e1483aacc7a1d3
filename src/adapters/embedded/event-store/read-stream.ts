import { type RecordedEvent, type Revision } from '../../../application/ports/event-store.js';
import { decodeEvents, decodeHeader } from './record.js';
import { type Tables } from './tables.js';

/** So few appends are looked up one by one: beginning a range costs as much as ten of them. */
const FEW = 16;

type Append = readonly [record: Buffer, lastPosition: number];

/** From the last append back to the one that holds revision `from`. */
const fewAppends = (
  { records, revisions }: Tables,
  streamId: string,
  from: Revision,
  head: Revision,
): ReadonlyArray<Append> => {
  const appends: Append[] = [];
  for (let last = head; last >= from;) {
    const position = revisions.get([streamId, last]);
    const record = position === undefined ? undefined : records.get(position);
    // This one and all before it were dropped.
    if (position === undefined || record === undefined) break;
    appends.push([record, position]);
    last = decodeHeader(record).firstRevision - 1;
  }
  return appends.reverse();
};

function* manyAppends({ records, revisions }: Tables, streamId: string, from: Revision): Iterable<Append> {
  for (const { value: position } of revisions.getRange({ start: [streamId, from], end: [streamId, Infinity] })) {
    const record = records.get(position);
    if (record !== undefined) yield [record, position];
  }
}

/** Up to `limit` events of a stream from revision `from` on. */
export const readStream = (
  tables: Tables,
  streamId: string,
  from: Revision,
  limit: number,
): ReadonlyArray<RecordedEvent> => {
  const [first, head] = [Math.max(from, 0), tables.heads.get(streamId)];
  if (head === undefined || head < first) return [];
  const isFew = head - first < FEW;
  const found: RecordedEvent[] = [];
  for (const [record, position] of isFew
    ? fewAppends(tables, streamId, first, head)
    : manyAppends(tables, streamId, first)) {
    if (found.length >= limit) break;
    for (const event of decodeEvents(record, position))
      if (event.revision >= from && found.length < limit) found.push(event);
  }
  return found;
};
