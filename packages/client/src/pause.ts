/** Waits so many milliseconds; throws the reason of `signal` when that ends it earlier. */
export const pause = (ms: number, signal?: AbortSignal | null): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    }, ms);
    signal?.addEventListener('abort', giveUp, { once: true });
  });

/** What `Retry-After` asks for, milliseconds; null where it asks for nothing. */
export const retryAfter = ({ headers }: Response): number | null => {
  const seconds = headers.get('retry-after');
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : null;
};

/** Never earlier than asked, and up to a fifth later: thousands who were told the same do not come back at once. */
export const aLittleLater = (ms: number): number => Math.round(ms * (1 + Math.random() / 5));

/** After so many failures in a row: twice as long each time, up to `most`, and at a random moment of its second half. */
export const backOff = (failures: number, first = 200, most = 10_000): number => {
  const longest = Math.min(first * 2 ** failures, most);
  return Math.round((longest * (1 + Math.random())) / 2);
};
