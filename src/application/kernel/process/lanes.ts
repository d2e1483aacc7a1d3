import { type Position } from '../../ports/event-store.js';
import { type ByKey } from './process.js';
import { type Acted, type PutOff } from './put-off.js';

type Work = () => Promise<Acted>;

export interface Lanes {
  /** Resolves when one more may be added. */
  readonly room: () => Promise<void>;
  /** `work` runs after whatever was added for this key before; it must not reject. */
  readonly add: (key: string, position: Position, work: Work) => void;
  /** The lowest position not yet worked off; Infinity when there is none. One that was put off or interrupted stays. */
  readonly oldest: () => Position;
  /** Keys that are put off until they are tried again. */
  readonly putOff: () => number;
  /** Resolves when nothing runs any more, and nothing is put off. */
  readonly idle: () => Promise<void>;
}

export interface LanesOptions extends Pick<ByKey<unknown>, 'sideBySide' | 'mostWaiting' | 'mostPutOff'> {
  /** Called after each piece of work. */
  readonly onDone: () => void;
}

/**
 * Keys that are put off before the feed has to wait. A bound of their own, for memory alone: with those that wait for their
 * turn, what waits for one product would sooner or later hold up all others. And none of them is given up for having waited
 * long: while an engine is away that would give up all of them, and help nobody.
 */
const MOST_PUT_OFF = 20_000;

interface Waiting {
  readonly positions: ReadonlyArray<Position>;
  readonly work: Work;
}

/**
 * Work by key: one piece at a time for a key, a limited number of keys in parallel. New work for a key that is still waiting
 * replaces the waiting work, and one run completes both: it looks at the state as it is then.
 *
 * A key that is put off holds no place while it rests, and is not counted among those that wait for their turn. What is
 * tried again has at most half of the places, because each try may take as long as the first: so the others always find one.
 * And it has the first place that is free while it has none, however many others wait.
 */
export const lanes = ({ sideBySide, mostWaiting, mostPutOff = MOST_PUT_OFF, onDone }: LanesOptions): Lanes => {
  const mostAgain = Math.ceil(sideBySide / 2);
  /** For the first time, or because something new has come for them. */
  const waiting = new Map<string, Waiting>();
  const resting = new Map<string, Waiting>();
  /** To be tried again. */
  const rested = new Map<string, Waiting>();
  const busy = new Set<string>();
  let busyAgain = 0;
  /** In the order in which they were added: ascending, except for replayed events. */
  const open = new Set<Position>();
  /** Null when it has to be looked for: one that is put off for long stays the oldest, and many may be open behind it. */
  let oldest: Position | null = Infinity;
  const wanting: Array<() => void> = [];
  const idling: Array<() => void> = [];

  const close = (position: Position): void => {
    open.delete(position);
    if (position === oldest) oldest = null;
  };
  const rest = (key: string, positions: ReadonlyArray<Position>, { rested: over, again }: PutOff): void => {
    const newer = waiting.get(key);
    if (newer !== undefined) return void waiting.set(key, { ...newer, positions: [...positions, ...newer.positions] });
    const one = { positions, work: again };
    resting.set(key, one);
    void over.then(() => {
      if (resting.get(key) !== one) return;
      resting.delete(key);
      rested.set(key, one);
      begin();
    });
  };
  const putOff = (): number => resting.size + rested.size;
  const isIdle = (): boolean => busy.size + putOff() === 0;
  const run = async (key: string, { positions, work }: Waiting, isAgain: boolean): Promise<void> => {
    busy.add(key);
    if (isAgain) busyAgain += 1;
    const acted = await work();
    busy.delete(key);
    if (isAgain) busyAgain -= 1;
    if (acted === true) positions.forEach(close);
    else if (acted !== false) rest(key, positions, acted);
    onDone();
    for (const resolve of wanting.splice(0)) resolve();
    begin();
    if (isIdle()) for (const resolve of idling.splice(0)) resolve();
  };
  const tryAgain = (most: number): void => {
    for (const [key, next] of rested) {
      if (busy.size >= sideBySide || busyAgain >= most) return;
      rested.delete(key);
      void run(key, next, true);
    }
  };
  const begin = (): void => {
    tryAgain(1);
    for (const [key, next] of waiting) {
      if (busy.size >= sideBySide) return;
      if (busy.has(key)) continue;
      waiting.delete(key);
      void run(key, next, false);
    }
    tryAgain(mostAgain);
  };
  const take = (key: string): Waiting | undefined => {
    const known = waiting.get(key) ?? resting.get(key) ?? rested.get(key);
    resting.delete(key);
    rested.delete(key);
    return known;
  };
  return {
    room: async () => {
      while (waiting.size >= mostWaiting || putOff() >= mostPutOff)
        await new Promise<void>((resolve) => void wanting.push(resolve));
    },
    add: (key, position, work) => {
      open.add(position);
      if (oldest !== null) oldest = Math.min(oldest, position);
      waiting.set(key, { positions: [...(take(key)?.positions ?? []), position], work });
      begin();
    },
    oldest: () => {
      if (oldest !== null) return oldest;
      let found = Infinity;
      for (const position of open) found = Math.min(found, position);
      return (oldest = found);
    },
    putOff,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => void idling.push(resolve))),
  };
};
