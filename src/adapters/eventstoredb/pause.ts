/** Twice as long after each failure in a row; ended early by aborting. */
export const pause = (
  { firstMs, maxMs }: { readonly firstMs: number; readonly maxMs: number },
  failures: number,
  signal: AbortSignal,
): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(maxMs, firstMs * 2 ** Math.min(failures, 20)));
    signal.addEventListener('abort', done);
  });
