import { type Chance } from './chance.js';

/**
 * Time and turns of a simulated world. Whoever waits for a turn goes on in an order of chance; when nobody waits for one, time
 * jumps to the next moment somebody waits for. So an hour costs no more than what happens in it, every interleaving is possible,
 * and the same seed gives the same again.
 */
export interface Timeline {
  /** Milliseconds since the world began. */
  readonly elapsed: () => number;
  readonly turn: () => Promise<void>;
  readonly wakeIn: (ms: number, wake: () => void) => () => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** Time passes while everybody is held up: whatever came due meanwhile is due at once afterwards. */
  readonly standStill: (ms: number) => void;
  /** Gives turns and lets time pass until `done`, which is asked after each step. False: not before the moment `until`. */
  readonly run: (done: () => boolean, until: number) => Promise<boolean>;
  /** Steps taken: of a world that does not come to rest they are too many. */
  readonly steps: () => number;
}

interface Waiter {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
  isCancelled: boolean;
}

const MOST_STEPS = 60_000;

/** What follows a turn without waiting for another happens in the microtasks before this one resolves. */
const settle = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
/** The same, with a round of the event loop for those who let others go first: cheap enough only between two moments. */
const settleWholly = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isBefore = (one: Waiter, other: Waiter): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Those who wait for a moment, the next one first: a binary heap. */
const waiters = () => {
  const heap: Waiter[] = [];
  const swap = (i: number, j: number): void => {
    const [one, other] = [heap[i], heap[j]];
    if (one === undefined || other === undefined) return;
    heap[i] = other;
    heap[j] = one;
  };
  const isLess = (i: number, j: number): boolean => {
    const [one, other] = [heap[i], heap[j]];
    return one !== undefined && other !== undefined && isBefore(one, other);
  };
  return {
    next: (): Waiter | undefined => heap[0],
    add: (waiter: Waiter): void => {
      for (let i = heap.push(waiter) - 1; i > 0;) {
        const parent = (i - 1) >> 1;
        if (!isLess(i, parent)) return;
        swap(i, parent);
        i = parent;
      }
    },
    take: (): void => {
      swap(0, heap.length - 1);
      heap.pop();
      for (let i = 0; ;) {
        const left = 2 * i + 1;
        const least = isLess(left + 1, left) ? left + 1 : left;
        if (!isLess(least, i)) return;
        swap(i, least);
        i = least;
      }
    },
  };
};

export const timeline = (chance: Chance): Timeline => {
  let now = 0;
  let order = 0;
  let steps = 0;
  const ready: Array<() => void> = [];
  const sleeping = waiters();

  const wakeIn = (ms: number, wake: () => void): (() => void) => {
    const waiter: Waiter = { at: now + Math.max(0, ms), order: (order += 1), wake, isCancelled: false };
    sleeping.add(waiter);
    return () => void (waiter.isCancelled = true);
  };
  /** Some of those who wait for a turn, each in its own time but with nothing settled between them. */
  const giveTurns = (): void => {
    for (let some = 1 + chance.below(Math.min(ready.length, 4)); some > 0; some -= 1) {
      const index = chance.below(ready.length);
      const chosen = ready[index];
      const last = ready.pop();
      if (index < ready.length && last !== undefined) ready[index] = last;
      chosen?.();
    }
  };
  const giveTime = (until: number): void => {
    let next = sleeping.next();
    for (; next?.isCancelled === true; next = sleeping.next()) sleeping.take();
    if (next === undefined || next.at > until) return void (now = Math.max(now, until));
    sleeping.take();
    now = Math.max(now, next.at);
    next.wake();
  };

  return {
    elapsed: () => now,
    steps: () => steps,
    turn: () => new Promise((resolve) => void ready.push(resolve)),
    wakeIn,
    sleep: (ms) => new Promise((resolve) => void wakeIn(ms, resolve)),
    standStill: (ms) => void (now += ms),
    run: async (done, until) => {
      for (;;) {
        await settle();
        if (ready.length === 0) await settleWholly();
        if (done()) return true;
        if (ready.length === 0 && now >= until) return false;
        if ((steps += 1) > MOST_STEPS) throw new Error(`The world did not come to rest in ${MOST_STEPS} steps`);
        if (ready.length > 0) giveTurns();
        else giveTime(until);
      }
    },
  };
};
