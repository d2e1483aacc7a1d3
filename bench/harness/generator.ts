import { type z } from 'zod';
import { type Job, paced, pressed, requestIdOf, rushed } from '../load/jobs.js';
import { type Child, startChild } from './child.js';

type JobOf<Kind extends Job['kind']> = Omit<Extract<Job, { kind: Kind }>, 'kind'>;

/** The process that plays the people. */
export interface Generator {
  readonly press: (job: JobOf<'press'>) => Promise<z.infer<typeof pressed>>;
  readonly rush: (job: JobOf<'rush'>) => Promise<z.infer<typeof rushed>>;
  readonly pace: (job: JobOf<'pace'>) => Promise<z.infer<typeof paced>>;
  /** Resolves when the last of so many requests are final. */
  readonly settle: (url: string, salt: string, requests: number) => Promise<void>;
}

/** How many of the last requests are waited for: those decided last are among them, whatever their order. */
const LAST = 200;

/** Started when there is first something to play, and again after it has ended: each row has one of its own. */
export const startGenerator = (): Generator => {
  let playing: Child | null = null;
  const start = (): Child => {
    const child = startChild('bench/load/main.ts');
    child.died.catch(() => (playing = playing === child ? null : playing));
    return child;
  };
  const ask = (job: object): Promise<unknown> => (playing ??= start()).ask(job);
  return {
    press: async (job) => pressed.parse(await ask({ kind: 'press', ...job })),
    rush: async (job) => rushed.parse(await ask({ kind: 'rush', ...job })),
    pace: async (job) => paced.parse(await ask({ kind: 'pace', ...job })),
    settle: async (url, salt, requests) => {
      const last = Array.from({ length: Math.min(LAST, requests) }, (_, n) => requestIdOf(salt, requests - 1 - n));
      await ask({ kind: 'settle', url, requestIds: last });
    },
  };
};
