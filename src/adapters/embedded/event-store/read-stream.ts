import { type RecordedEvent, type Revision } from '../../../application/ports/event-store.js';
import { decodeEvents } from './record.js';
import { type Tables } from './tables.js';

/** Up to `limit` events of a stream from revision `from` on. */
export const readStream = (
  { records, revisions }: Tables,
  streamId: string,
  from: Revision,
  limit: number,
): ReadonlyArray<RecordedEvent> => {
  const found: RecordedEvent[] = [];
  const appends = revisions.getRange({ start: [streamId, Math.max(from, 0)], end: [streamId, Infinity] });
  for (const { value: lastPosition } of appends) {
    if (found.length >= limit) break;
    const record = records.get(lastPosition);
    if (record === undefined) continue;
    for (const event of decodeEvents(record, lastPosition))
      if (event.revision >= from && found.length < limit) found.push(event);
  }
  return found;
};
