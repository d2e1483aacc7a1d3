import { either as E } from 'fp-ts';
import { type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type BatchBuffer } from './batch-buffer.js';
import { DEFAULT_BATCH } from './read-all.js';
import { isOurs } from './record.js';
import { type Pages } from './shared-pages.js';

/** What a subscription has read so far. */
export interface Reader {
  readonly buffer: BatchBuffer;
  /** All but the server's own where none are named. */
  readonly streamPrefixes: ReadonlyArray<string> | undefined;
  readonly wants: (event: RecordedEvent) => boolean;
  /** All events up to here were read, or are known not to be wanted; the server's own among them. */
  seen: Position;
}

/** Reads page by page to the end, as fast as the buffer is emptied. */
export const readOn = async (pages: Pages, reader: Reader, signal: AbortSignal): Promise<'at the end' | 'failed'> => {
  const { buffer, wants } = reader;
  while (!signal.aborted) {
    const page = await pages(reader.seen, DEFAULT_BATCH);
    if (E.isLeft(page)) return 'failed';
    const { received, position, caughtUp } = page.right;
    for (const { event, following } of received) if (wants(event)) buffer.add(event, following);
    const last = received.findLast(({ event }) => isOurs(event));
    if (last !== undefined) buffer.passed(last.event.position);
    reader.seen = Math.max(reader.seen, position);
    if (caughtUp) {
      buffer.caughtUp();
      break;
    }
    if (buffer.isFull()) await buffer.untilRoom(signal);
  }
  return 'at the end';
};
