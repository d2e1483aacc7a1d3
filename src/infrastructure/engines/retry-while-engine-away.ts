import { setTimeout as sleep } from 'node:timers/promises';
import { type Log } from '../../application/ports/log.js';

/** An engine that what is being started cannot do without does not answer yet. */
export class EngineAway extends Error {
  constructor(readonly engine: 'message log' | 'event store') {
    super(`The ${engine} does not answer`);
  }
}

/** Repeats a start that fails with EngineAway; whatever else it throws is thrown. */
export type RetryWhileEngineAway = <A>(start: () => Promise<A>) => Promise<A>;

const AGAIN_MS = 500;

/** Says once what it waits for, and gives up after `withinMs`. */
export const retryWhileEngineAway =
  (log: Log, withinMs = Infinity): RetryWhileEngineAway =>
  async (start) => {
    const until = performance.now() + withinMs;
    for (let tries = 0; ; tries += 1)
      try {
        return await start();
      } catch (error) {
        if (!(error instanceof EngineAway) || performance.now() > until) throw error;
        if (tries === 0) log.warn({ engine: error.engine }, `Waiting: the ${error.engine} does not answer yet`);
        await sleep(AGAIN_MS);
      }
  };
