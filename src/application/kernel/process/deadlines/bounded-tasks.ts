export interface BoundedTasks {
  /** Resolves when one more may be added. */
  readonly room: () => Promise<void>;
  /** Begins it at once; it must not reject. */
  readonly add: (task: () => Promise<void>) => void;
  /** Resolves when none runs. */
  readonly idle: () => Promise<void>;
}

export const boundedTasks = (most: number): BoundedTasks => {
  let running = 0;
  const waiting: Array<() => void> = [];
  const resting: Array<() => void> = [];
  const ended = (): void => {
    running -= 1;
    waiting.shift()?.();
    if (running === 0) for (const resolve of resting.splice(0)) resolve();
  };
  return {
    room: async () => {
      while (running >= most) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
    add: (task) => {
      running += 1;
      void task().finally(ended);
    },
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => void resting.push(resolve))),
  };
};
