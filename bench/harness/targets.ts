import { type Bench } from './bench.js';
import { type EngineSet } from './engine-sets.js';
import { type Server, startCompared } from './servers.js';

/** Something that can be asked for coupons over HTTP. */
export interface Target {
  readonly name: string;
  readonly start: () => Promise<Server>;
}

export const BARE_KOA = 'bare Koa';

export const bareKoa: Target = { name: BARE_KOA, start: () => startCompared('bare-koa') };

export const productOn = ({ label, start }: EngineSet): Target => ({
  name: `Doorbuster, ${label}`,
  start: () => start(),
});

/** Each on its own promises, see guarantees.ts. */
export const comparedWith = ({ redis }: Bench): ReadonlyArray<Target> => [
  {
    name: 'replaced design',
    start: async () => startCompared('replaced-design', { REDIS_URL: await redis() }),
  },
  { name: 'BullMQ', start: async () => startCompared('bullmq', { REDIS_URL: await redis() }) },
  { name: 'Emmett', start: () => startCompared('emmett') },
];
