import { setMaxListeners } from 'node:events';

/** The rehearsal did not come to its end: why, in a sentence. */
export class GivenUp extends Error {}

export interface Watch {
  /** Aborted, with a GivenUp, when nothing has moved for too long. */
  readonly signal: AbortSignal;
  /** How much is done of what is waited for, in a few words. */
  readonly progress: (done: number, of: number, what: string) => void;
  readonly stop: () => void;
}

export interface WatchOptions {
  readonly say: (line: string) => void;
  readonly giveUpAfterMs: number;
  /** Default 5,000. */
  readonly sayEveryMs?: number;
}

const LOOK_MS = 100;

/** Says what is waited for while nothing moves, and gives up in the end. */
export const watch = ({ say, giveUpAfterMs, sayEveryMs = 5_000 }: WatchOptions): Watch => {
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  let [seen, movedAt, saidAt] = ['the server to answer', performance.now(), performance.now()];
  const look = (): void => {
    const now = performance.now();
    const still = `${Math.round((now - movedAt) / 1_000)} s without progress`;
    if (now - movedAt >= giveUpAfterMs) {
      clearInterval(timer);
      abort.abort(new GivenUp(`given up, waiting for ${seen}: ${still}`));
    } else if (now - movedAt >= sayEveryMs && now - saidAt >= sayEveryMs) {
      saidAt = now;
      say(`Waiting for ${seen} (${still}; given up after ${Math.round(giveUpAfterMs / 1_000)} s)`);
    }
  };
  const timer = setInterval(look, Math.min(LOOK_MS, giveUpAfterMs));
  return {
    signal: abort.signal,
    progress: (done, of, what) => {
      const now = `${what}: ${done} of ${of}`;
      if (now === seen) return;
      [seen, movedAt] = [now, performance.now()];
    },
    stop: () => clearInterval(timer),
  };
};
