import { performance } from 'node:perf_hooks';
import { build, type Histogram } from 'hdr-histogram-js';

/** Answers by step and code, and how long each took, microseconds. */
export interface Answers {
  /** What `call` is answered, under what `name` makes of it. */
  readonly measured: <A>(call: () => Promise<A>, name: (answer: A) => string) => Promise<A>;
  readonly all: () => ReadonlyMap<string, Histogram>;
}

const MOST_MICROSECONDS = 600_000_000;

export const createAnswers = (): Answers => {
  const all = new Map<string, Histogram>();
  return {
    measured: async (call, name) => {
      const since = performance.now();
      const answer = await call();
      const key = name(answer);
      const of =
        all.get(key) ?? build({ bitBucketSize: 32, highestTrackableValue: MOST_MICROSECONDS, autoResize: true });
      of.recordValue(Math.max(1, Math.round((performance.now() - since) * 1_000)));
      all.set(key, of);
      return answer;
    },
    all: () => all,
  };
};
