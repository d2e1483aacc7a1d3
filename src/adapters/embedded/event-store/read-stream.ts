import { type RecordedEvent, type Revision, type Position } from '../../../application/ports/event-store.js';
import { decodeEvents, decodeHeader } from './record.js';
import { type Tables } from './tables.js';
import { setImmediate as nextTurn } from 'node:timers/promises';

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

/** The events at these positions that are still kept. An append is decoded once for all that are asked of it; between two, everyone else gets a turn. */
export const readAt = async (
  { records }: Tables,
  positions: ReadonlyArray<Position>,
): Promise<ReadonlyArray<RecordedEvent>> => {
  const found: RecordedEvent[] = [];
  let append: ReadonlyArray<RecordedEvent> = [];
  for (const position of [...new Set(positions)].sort((one, other) => one - other)) {
    if (position > (append.at(-1)?.position ?? -Infinity)) {
      const [next] = records.getRange({ start: position, limit: 1 });
      append = next === undefined ? [] : decodeEvents(next.value, next.key);
      await nextTurn();
    }
    const event = append.find((one) => one.position === position);
    if (event !== undefined) found.push(event);
  }
  return found;
};
