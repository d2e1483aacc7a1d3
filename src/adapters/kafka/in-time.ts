/** A timer this late says that this process was busy, not that the server was. */
const BUSY_MS = 25;
/** How often a busy process looks again for an answer that may have come in meanwhile. */
const LOOKS = 5;

/**
 * The promise's outcome, or a rejection after `ms`, told to `late` first; what it answers later is ignored. Timers come
 * before sockets: a process that was too busy to read an answer takes another look, up to as long again, before it
 * calls the server late.
 */
export const inTime = <A>(promise: Promise<A>, ms: number, what: string, late?: () => void): Promise<A> =>
  new Promise((resolve, reject) => {
    let wait = ms;
    let looks = 0;
    let due = performance.now() + wait;
    let isOver = false;
    const giveUp = (): void => {
      if (isOver) return;
      late?.();
      reject(new Error(`${what}: no answer within ${ms} ms`));
    };
    const expire = (): void => {
      if (performance.now() - due < BUSY_MS || looks === LOOKS) return void setImmediate(giveUp);
      looks += 1;
      wait = Math.ceil(ms / LOOKS);
      due = performance.now() + wait;
      timer = setTimeout(expire, wait);
    };
    let timer = setTimeout(expire, wait);
    promise.then(resolve, reject).finally(() => {
      isOver = true;
      clearTimeout(timer);
    });
  });

export const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
