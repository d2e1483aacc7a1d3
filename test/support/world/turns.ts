import { type Chance } from './chance.js';

/** Whoever waits for a turn goes on in an order of chance, one at a time: every interleaving is possible, each can be repeated. */
export interface Turns {
  readonly turn: () => Promise<void>;
  /** Gives turns until `done`; fails when nobody waits for one, or after `most`. */
  readonly run: (done: () => boolean, most: number) => Promise<void>;
}

/** What follows a turn without waiting for another happens in these few rounds of microtasks and one of the event loop. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const turns = (chance: Chance): Turns => {
  const waiting: (() => void)[] = [];
  return {
    turn: () => new Promise((resolve) => waiting.push(resolve)),
    run: async (done, most) => {
      for (let taken = 0; taken < most; taken++) {
        await settle();
        if (done()) return;
        const index = chance.below(waiting.length);
        const [next] = waiting.splice(index, 1);
        next?.();
      }
      throw new Error(`The world did not come to rest within ${most} turns`);
    },
  };
};
