/** A timer this late says that this process was busy, not that the server was. */
const BUSY_MS = 25;

/**
 * The work's answer, or a rejection after `ms`. Timers come before sockets: when this process was too busy to look, a
 * reply that has long been waiting would count as missing, and a burst would talk itself out of a healthy server. So
 * who was late gets as long again, once, and what has come in by then counts.
 */
export const answeredWithin = <A>(ms: number, work: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    let due = performance.now() + ms;
    let isSecond = false;
    const giveUp = (): void => reject(new Error('Command timed out'));
    const expire = (): void => {
      const late = performance.now() - due;
      if (late < BUSY_MS || isSecond) return void setImmediate(giveUp);
      isSecond = true;
      due = performance.now() + ms;
      timer = setTimeout(expire, ms);
    };
    let timer = setTimeout(expire, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
