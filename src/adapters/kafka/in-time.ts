/** The promise's outcome, or a rejection after `ms`, told to `late` first; what it answers later is ignored. */
export const inTime = <A>(promise: Promise<A>, ms: number, what: string, late?: () => void): Promise<A> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late?.();
      reject(new Error(`${what}: no answer within ${ms} ms`));
    }, ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
