import { either as E } from 'fp-ts';
import { recentlyUsed } from '../../application/kernel/recently-used.js';
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

interface Waiting {
  readonly after: Position;
  readonly answer: (page: E.Either<unknown, AllPage>) => void;
  passedOver: boolean;
}

const covers = (page: AllPage, from: Position, after: Position): boolean => from <= after && after < page.position;

const behind = (page: AllPage, after: Position): AllPage => {
  const [first] = page.received;
  if (first === undefined || first.event.position > after) return page;
  return { ...page, received: page.received.filter(({ event }) => event.position > after) };
};

/** The pages of one size: one is read at a time, from the lowest position that is waited for. */
const pagesOfSize = (read: (after: Position) => Read): ((after: Position) => Read) => {
  const full = recentlyUsed<Position, AllPage>(PAGES, KEPT_MS);
  let waiting: Waiting[] = [];
  let isReading = false;

  const known = (after: Position): AllPage | undefined => {
    for (const [from, page] of full.entries()) if (covers(page, from, after)) return behind(page, after);
    return undefined;
  };
  /** The lowest, so that it serves most; but who waits longest is passed over only once. */
  const nextFrom = (first: Waiting): Position =>
    first.passedOver ? first.after : waiting.reduce((lowest, { after }) => Math.min(lowest, after), first.after);

  const readForAll = async (): Promise<void> => {
    isReading = true;
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const from = nextFrom(first);
      const asked = waiting;
      waiting = [];
      const answer = await read(from);
      const isFull = E.isRight(answer) && !answer.right.caughtUp;
      if (isFull) full.set(from, answer.right);
      const passedOver: Waiting[] = [];
      for (const one of asked) {
        if (E.isLeft(answer)) one.answer(answer);
        else if (one.after === from || (from < one.after && (!isFull || covers(answer.right, from, one.after))))
          one.answer(E.right(behind(answer.right, one.after)));
        else passedOver.push(one);
      }
      for (const one of passedOver) one.passedOver = true;
      const came = waiting;
      waiting = [...passedOver];
      for (const one of came) {
        const page = known(one.after);
        if (page === undefined) waiting.push(one);
        else one.answer(E.right(page));
      }
    }
    isReading = false;
  };
  return (after) => {
    const page = known(after);
    if (page !== undefined) return Promise.resolve(E.right(page));
    return new Promise((resolve) => {
      waiting.push({ after, answer: resolve, passedOver: false });
      if (!isReading) void readForAll();
    });
  };
};

/**
 * When everything is folded anew, or a server throws out all that are too slow at once, twenty views read the same events at
 * the same time: they are read, and decoded, once for all that stand close together. A full page is kept for a while, for
 * what stands before the end never changes. One that reaches the end is only for those who asked before it was read: the end
 * may move, so whoever comes later waits for the next reading, together with all who do.
 */
export const sharedPages = (read: Pages): Pages => {
  const ofSize = new Map<number, (after: Position) => Read>();
  return (after, batchSize) => {
    const pages = ofSize.get(batchSize) ?? pagesOfSize((from) => read(from, batchSize));
    ofSize.set(batchSize, pages);
    return pages(after);
  };
};
