import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Position, type RecordedEvent } from '../../../application/ports/event-store.js';
import { decodeEvents } from './record.js';
import { type Tables } from './tables.js';

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
