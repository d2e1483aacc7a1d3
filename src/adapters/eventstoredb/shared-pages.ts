import { either as E } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { type Position, type RecordedEvent } from '../../application/ports/event-store.js';

/** A stretch of all events as the server gave it. */
export interface AllPage {
  /** The server's own are among them. */
  readonly events: ReadonlyArray<RecordedEvent>;
  readonly position: Position;
  readonly caughtUp: boolean;
}

type Read = Promise<E.Either<unknown, AllPage>>;

/** Some ten thousand events; what is not asked for again within seconds is let go. */
const PAGES = 8;
const KEPT_MS = 5_000;

const isFull = (page: E.Either<unknown, AllPage>): boolean => E.isRight(page) && !page.right.caughtUp;

/**
 * When everything is folded anew, twenty views read the same pages at the same time: each page is asked for once. Only full
 * pages are shared: what stands before the end never changes, but the end may have moved since another one asked.
 */
export const sharedPages = (read: (after: Position, batchSize: number) => Read) => {
  const pages = new LRUCache<string, Read>({ max: PAGES, ttl: KEPT_MS });
  return async (after: Position, batchSize: number): Read => {
    const key = `${after}/${batchSize}`;
    const known = await pages.get(key);
    if (known !== undefined && isFull(known)) return known;
    const reading = read(after, batchSize);
    pages.set(key, reading);
    const page = await reading;
    if (!isFull(page) && pages.peek(key) === reading) pages.delete(key);
    return page;
  };
};
