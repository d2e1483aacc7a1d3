import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine } from '../engines/engines.js';

/** How long what is being stopped may take before somebody looks whether an engine holds it up. */
const LOOK_MS = 1_000;
const ANSWER_WITHIN_MS = 500;

const isAway = async ({ health }: Pick<Engine, 'health'>): Promise<boolean> => {
  const waited = new AbortController();
  const late = sleep(ANSWER_WITHIN_MS, 'down' as const, { signal: waited.signal }).catch(() => 'down' as const);
  const state = await Promise.race([health().catch(() => 'down' as const), late]);
  waited.abort();
  return state !== 'ok';
};

/**
 * Waits for what is being stopped, unless an engine that is away holds it up: then it is left as it is, as after `kill -9`,
 * which loses nothing that was promised.
 */
export const unlessAway = async (
  engines: ReadonlyArray<Pick<Engine, 'health'>>,
  stopping: Promise<void>,
): Promise<void> => {
  let isDone = false;
  const done = stopping.finally(() => (isDone = true));
  const left = async (): Promise<void> => {
    while (!isDone) {
      await sleep(LOOK_MS, undefined, { ref: false });
      if ((await Promise.all(engines.map(isAway))).includes(true)) return;
    }
  };
  await Promise.race([done, left()]);
};
