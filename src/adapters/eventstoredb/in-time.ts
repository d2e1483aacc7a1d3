export const CLOSE_WITHIN_MS = 1_000;

/** The server did not answer in time: what was asked may or may not have been done. */
export class NoAnswer extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

const TICKS = 10;
/** However often it shows signs of life, a call lasts at most so many times its timeout. */
const AT_MOST = 6;

/** What a call under way may use of its wait. */
export interface Wait {
  /** Something came in: the wait begins anew. */
  readonly signOfLife: () => void;
  /** Aborted when nobody waits any longer. */
  readonly signal: AbortSignal;
}

/**
 * What `work` answers, or NoAnswer after `ms` without a sign of life: the client's own `deadline` is not kept on every path.
 * Counted in steps, so time in which this process itself stood still, and could not have seen an answer, is not counted.
 */
export const inTime = async <A>(ms: number, work: (wait: Wait) => Promise<A>): Promise<A> => {
  const ending = new AbortController();
  let quiet = 0;
  let passed = 0;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      quiet += 1;
      passed += 1;
      if (quiet < TICKS && passed < AT_MOST * TICKS) return;
      ending.abort();
      reject(new NoAnswer(ms));
    }, ms / TICKS);
  });
  try {
    return await Promise.race([work({ signOfLife: () => (quiet = 0), signal: ending.signal }), timeout]);
  } finally {
    clearInterval(timer);
  }
};
