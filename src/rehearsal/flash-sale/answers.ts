import { performance } from 'node:perf_hooks';
import { type Histogram } from 'hdr-histogram-js';
import { type Answer } from '../../../packages/client/src/index.js';
import { timesByName } from '../times.js';

/** Answers by step and code, and how long each took, microseconds. */
export interface Answers {
  /** What `call` is answered, under what `name` makes of it. */
  readonly measured: <A>(call: () => Promise<A>, name: (answer: A) => string) => Promise<A>;
  readonly all: ReadonlyMap<string, Histogram>;
}

/** An answer as it is counted: by its step, its status of HTTP, and the code of a refusal or how that stands which was asked for. */
export const named =
  (step: string) =>
  (answer: Answer<{ readonly status?: string }, { readonly status: number; readonly code: string }>): string => {
    if (!answer.ok) return `${step} ${answer.problem.status} ${answer.problem.code}`;
    return `${step} ${answer.status} ${answer.value.status ?? ''}`.trimEnd();
  };

export const createAnswers = (): Answers => {
  const { all, add } = timesByName();
  return {
    measured: async (call, name) => {
      const since = performance.now();
      const answer = await call();
      add(name(answer), performance.now() - since);
      return answer;
    },
    all,
  };
};
