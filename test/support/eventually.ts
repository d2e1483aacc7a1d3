import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for a condition, never for a time: runs `check` until it neither throws nor answers `false`, and returns its
 * answer. After `withinMs` (default 5,000) it gives up with what `check` said last.
 */
export const eventually = async <A>(check: () => A | Promise<A>, withinMs = 5_000): Promise<A> => {
  const deadline = Date.now() + withinMs;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    let failure: unknown;
    try {
      const answer = await check();
      if (answer !== false) return answer;
      failure = new Error(`Not true within ${withinMs} ms: ${check.toString()}`);
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw failure;
    await sleep(pause);
  }
};

const PATIENCE_MS = 30_000;

/** The same for what goes through many processes: on a busy machine that takes its time. */
export const patiently = <A>(check: () => A | Promise<A>): Promise<A> => eventually(check, PATIENCE_MS);
