import { type Position } from '../../ports/event-store.js';

export interface Lanes {
  /** Resolves when one more may be added. */
  readonly room: () => Promise<void>;
  /** `work` runs after whatever was added for this key before. Answers whether it came to its end; it must not reject. */
  readonly add: (key: string, position: Position, work: () => Promise<boolean>) => void;
  /** The lowest position not yet worked off; Infinity when there is none. One that was interrupted stays. */
  readonly oldest: () => Position;
  /** Resolves when nothing runs any more. */
  readonly idle: () => Promise<void>;
}

export interface LanesOptions {
  readonly sideBySide: number;
  readonly mostWaiting: number;
  /** Called after each piece of work. */
  readonly onDone: () => void;
}

interface Waiting {
  readonly positions: Position[];
  work: () => Promise<boolean>;
}

/**
 * Work by key: one thing at a time for a key, bounded many keys side by side. What comes for a key that waits already is
 * done by the same run, the newest: it looks at things as they are then.
 */
export const lanes = ({ sideBySide, mostWaiting, onDone }: LanesOptions): Lanes => {
  const waiting = new Map<string, Waiting>();
  const busy = new Set<string>();
  /** In the order they were added, which is theirs but for replays. */
  const open = new Set<Position>();
  const wanting: Array<() => void> = [];
  const resting: Array<() => void> = [];

  const run = async (key: string, { positions, work }: Waiting): Promise<void> => {
    busy.add(key);
    const ended = await work();
    busy.delete(key);
    if (ended) for (const position of positions) open.delete(position);
    onDone();
    for (const resolve of wanting.splice(0)) resolve();
    begin();
    if (busy.size === 0) for (const resolve of resting.splice(0)) resolve();
  };
  const begin = (): void => {
    for (const [key, next] of waiting) {
      if (busy.size >= sideBySide) return;
      if (busy.has(key)) continue;
      waiting.delete(key);
      void run(key, next);
    }
  };
  return {
    room: async () => {
      while (waiting.size >= mostWaiting) await new Promise<void>((resolve) => void wanting.push(resolve));
    },
    add: (key, position, work) => {
      open.add(position);
      const known = waiting.get(key);
      if (known === undefined) waiting.set(key, { positions: [position], work });
      else {
        known.positions.push(position);
        known.work = work;
      }
      begin();
    },
    oldest: () => {
      let oldest = Infinity;
      for (const position of open) oldest = Math.min(oldest, position);
      return oldest;
    },
    idle: () => (busy.size === 0 ? Promise.resolve() : new Promise((resolve) => void resting.push(resolve))),
  };
};
