/** A timer this late says that this process was busy, not that the server was. */
const BUSY_MS = 25;
/** How often a busy process looks again for a reply that may have come in meanwhile. */
const LOOKS = 5;

/**
 * The work's answer, or a rejection after `ms`. Timers come before sockets: when this process was too busy to look, a
 * reply that has long been waiting would count as missing, and a burst would talk itself out of a healthy server. So
 * who was late looks again, as long as it goes on being late, up to five times, and what has come in by then counts.
 * Never rejects before `ms` are over, although timers fire up to a millisecond early: what is sent with a deadline may act
 * until then.
 */
export const answeredWithin = <A>(ms: number, work: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    let due = performance.now() + ms;
    let looks = 0;
    const giveUp = (): void => reject(new Error('Command timed out'));
    const expire = (): void => {
      const late = performance.now() - due;
      if (late < 0) return wait(-late);
      if (late < BUSY_MS || looks === LOOKS) return void setImmediate(giveUp);
      looks += 1;
      due = performance.now() + ms;
      wait(ms);
    };
    const wait = (left: number): void => void (timer = setTimeout(expire, Math.ceil(left)));
    let timer: NodeJS.Timeout | undefined;
    wait(ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
