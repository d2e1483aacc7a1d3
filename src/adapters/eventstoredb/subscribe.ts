import { type Position } from '../../application/ports/event-store.js';
import { type EventFeed, type FeedBatch, type FeedOptions } from '../../application/ports/event-feed.js';
import { BatchBuffer } from './batch-buffer.js';
import { type Connection } from './connection.js';
import { type LiveFeed } from './live-feed.js';
import { pause } from './pause.js';
import { DEFAULT_BATCH, wantedBy } from './read-all.js';
import { type Reader, readOn } from './read-on.js';
import { type Pages } from './shared-pages.js';

/**
 * Reads on by pages to the end, then follows what the server pushes; when that ends, for whatever reason, from the start:
 * the client never subscribes again by itself. A position is only ever one of an event read or received: what servers tell
 * of how far they have looked was wrong in many ways. How far it has come where nothing it asked for comes, the lookout tells.
 */
export const subscribe =
  ({ options: { backOff } }: Connection, pages: Pages, live: LiveFeed): EventFeed['subscribe'] =>
  (after: Position, handle: (batch: FeedBatch) => Promise<void>, options: FeedOptions = {}) => {
    const ending = new AbortController();
    const { signal } = ending;
    const buffer = new BatchBuffer(after, options.batchSize ?? DEFAULT_BATCH);
    const reader: Reader = { buffer, streamPrefixes: options.streamPrefixes, wants: wantedBy(options), seen: after };
    const leave = live.join(reader);

    const receiving = async (): Promise<void> => {
      for (let failures = 0; !signal.aborted;) {
        const before = reader.seen;
        if (buffer.isFull()) await buffer.untilRoom(signal);
        const read = live.covers(reader.seen) ? 'at hand' : await readOn(pages, reader, signal);
        const over = read === 'failed' ? read : await live.follow(reader, signal).catch(() => 'failed' as const);
        buffer.fellBehind();
        if (reader.seen > before) failures = 0;
        if (over === 'failed') await pause(backOff, failures++, signal);
      }
    };
    const handling = async (): Promise<void> => {
      for (let failures = 0; !signal.aborted;) {
        const batch = await buffer.next(signal);
        if (batch === null) return;
        try {
          await handle(batch);
          buffer.handled();
          failures = 0;
        } catch {
          await pause(backOff, failures++, signal);
        }
      }
    };
    const done = Promise.all([receiving(), handling()]);
    return {
      stop: async () => {
        ending.abort();
        leave();
        await done;
      },
    };
  };
