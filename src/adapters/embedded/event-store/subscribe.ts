import { setImmediate as nextTurn } from 'node:timers/promises';
import { tokenBucket } from '../../../application/kernel/token-bucket.js';
import { type Position } from '../../../application/ports/event-store.js';
import { type FeedBatch, type Subscription } from '../../../application/ports/event-feed.js';
import { type BackOff, delayAfter, pause } from './back-off.js';

/** Lets many wait for the next time something happens. */
export class WakeUp {
  private sleepers = new Set<() => void>();

  /** Resolves at the next `wake`, when aborted, or after `ms`. */
  next(signal: AbortSignal, ms?: number): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(wake, ms);
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  wake(): void {
    [...this.sleepers].forEach((wake) => wake());
  }
}

/**
 * Most subscribers want few of the events, and store each position that they are told. So a position without events is handed over at
 * most this often under load; where little happens it is handed over at once.
 */
const POSITIONS_ALONE = { size: 8, everyMs: 25 };

export interface SubscribeOptions {
  readonly after: Position;
  /** The last position on disk. */
  readonly head: () => Position;
  /** Throws when the store cannot be read. */
  readonly read: (after: Position) => FeedBatch;
  readonly handle: (batch: FeedBatch) => Promise<void>;
  /** Woken whenever something was recorded. */
  readonly recorded: WakeUp;
  readonly backOff: BackOff;
}

/** Reads and hands over, one batch at a time, for ever. What is recorded and what comes are read the same way. */
export const subscribe = ({ after, head, read, handle, recorded, backOff }: SubscribeOptions): Subscription => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const positionsAlone = tokenBucket(() => performance.now(), POSITIONS_ALONE);

  const untilDone = async (attempt: () => unknown): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      try {
        await attempt();
        return;
      } catch {
        await pause(delayAfter(backOff, ++failures), signal);
      }
    }
  };

  const run = async (): Promise<void> => {
    let position = after;
    let batch: FeedBatch | undefined;
    while (!signal.aborted) {
      await untilDone(() => (batch = read(position)));
      if (signal.aborted || batch === undefined) return;
      const current = batch;
      if (current.position > position) {
        const isEmpty = current.events.length === 0 && current.caughtUp;
        const waitMs = isEmpty ? positionsAlone.take() : 0;
        if (waitMs > 0) {
          // What comes meanwhile is handed over at once, and the position with it.
          await recorded.next(signal, waitMs);
          continue;
        }
        await untilDone(() => handle(current));
      }
      position = current.position;
      // While catching up, everyone else gets a turn between two batches.
      if (!current.caughtUp) await nextTurn();
      else if (head() <= position) await recorded.next(signal);
    }
  };

  const running = Promise.resolve().then(run);
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};
