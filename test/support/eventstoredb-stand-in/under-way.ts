import { LRUCache } from 'lru-cache';
import { type EventToAppend } from '../../../src/application/ports/event-store.js';

/** After so long a server answers that an append was not committed. */
const COMMIT_TIMEOUT_MS = 2_000;
const REMEMBERED = 10_000;

/**
 * An append that comes a second time while the first is being written is dropped without a word, and its call ends when the
 * server gives up on it. One that was written before is answered as the first time, however often it comes.
 */
export class UnderWay {
  private readonly keys = new LRUCache<string, 'under way' | 'written'>({ max: REMEMBERED });

  /** Calls `dropped` later, or answers what is to be called when the append is done. */
  begin(streamId: string, events: ReadonlyArray<EventToAppend>, dropped: () => void): (() => void) | null {
    const key = [streamId, ...events.map(({ id }) => id)].join(' ');
    const known = this.keys.get(key);
    if (known === 'under way') {
      setTimeout(dropped, COMMIT_TIMEOUT_MS).unref();
      return null;
    }
    if (known === undefined) this.keys.set(key, 'under way');
    return () => void this.keys.set(key, 'written');
  }
}
