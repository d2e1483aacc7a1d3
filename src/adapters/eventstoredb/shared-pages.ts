import { either as E } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { type Position } from '../../application/ports/event-store.js';
import { type Received } from './batch-buffer.js';

/** A stretch of all events as the server gave it. */
export interface AllPage {
  /** The server's own are among them. */
  readonly received: ReadonlyArray<Received>;
  readonly position: Position;
  readonly caughtUp: boolean;
}

/** The page behind a position. */
export type Pages = (after: Position, batchSize: number) => Read;

type Read = Promise<E.Either<unknown, AllPage>>;

/** Some ten thousand events; what is not asked for again within seconds is let go. */
const PAGES = 8;
const KEPT_MS = 5_000;

/**
 * When everything is folded anew, twenty views read the same pages at the same time: each page is asked for once. A full one is
 * kept for a while, for what stands before the end never changes. One that reaches the end is only for those who asked
 * before it was read: the end may move, so whoever comes later waits for the next reading, together with all who do.
 */
export const sharedPages = (read: Pages): Pages => {
  const full = new LRUCache<string, AllPage>({ max: PAGES, ttl: KEPT_MS });
  const reading = new Map<string, Read>();
  const following = new Map<string, Read>();

  const start = (key: string, after: Position, batchSize: number): Read => {
    following.delete(key);
    const page = read(after, batchSize).then((answer) => {
      if (reading.get(key) === page) reading.delete(key);
      if (E.isRight(answer) && !answer.right.caughtUp) full.set(key, answer.right);
      return answer;
    });
    reading.set(key, page);
    return page;
  };
  return async (after, batchSize) => {
    const key = `${after}/${batchSize}`;
    const known = full.get(key);
    if (known !== undefined) return E.right(known);
    const now = reading.get(key);
    if (now === undefined) return start(key, after, batchSize);
    const next =
      following.get(key) ??
      now.then((answer) => {
        const isFull = E.isRight(answer) && !answer.right.caughtUp;
        if (isFull) following.delete(key);
        return isFull ? answer : start(key, after, batchSize);
      });
    following.set(key, next);
    return next;
  };
};
