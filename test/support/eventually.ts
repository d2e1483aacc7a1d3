import { setTimeout as sleep } from 'node:timers/promises';

/** An end for what hangs, not a judgement of speed: a slow machine under load stays far below it. */
const LONGEST_WAIT_MS = 120_000;

/**
 * Waits for a condition, never for a time: runs `check` until it neither throws nor answers `false`, and returns its
 * answer. After `withinMs` it gives up with what `check` said last.
 */
export const eventually = async <A>(check: () => A | Promise<A>, withinMs = LONGEST_WAIT_MS): Promise<A> => {
  const deadline = performance.now() + withinMs;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    let failure: unknown;
    try {
      const answer = await check();
      if (answer !== false) return answer;
      failure = new Error(`Not true within ${withinMs} ms: ${check.toString()}`);
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) throw failure;
    await sleep(pause);
  }
};
