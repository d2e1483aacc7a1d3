import { type Outside } from './mortal.js';

/** Processes whose appends to one stream can be made to wait, as those of a slow one do. */
export const heldAppends = () => {
  let stream: string | null = null;
  let passing = 0;
  let waiting: Array<() => void> = [];
  return {
    /** The world as such a process sees it. */
    seenAs: ({ eventStore, ...outside }: Outside): Outside => ({
      ...outside,
      eventStore: {
        ...eventStore,
        append:
          (streamId, ...rest) =>
          async () => {
            if (streamId === stream && (passing -= 1) < 0)
              await new Promise<void>((resolve) => void waiting.push(resolve));
            return eventStore.append(streamId, ...rest)();
          },
      },
    }),
    /** From now on appends to this stream wait, but for the first few. */
    hold: (streamId: string, letPass = 0): void => {
      stream = streamId;
      passing = letPass;
    },
    waiting: (): number => waiting.length,
    /** All go on, in the order in which they came. */
    goOn: (): void => {
      stream = null;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
};
