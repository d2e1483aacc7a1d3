/** A timer this late says that this process was busy, not that the server was. */
const BUSY_MS = 25;
/** How often a busy process looks again for a reply that may have come in meanwhile. */
const LOOKS = 5;

/**
 * The work's answer, or a rejection after `ms`. Node runs timers before it reads sockets: in a busy process a reply that arrived long
 * ago would count as missing, and a burst would make a healthy server look dead. So a timer that fires late waits again, up to five
 * times while it is late each time, and a reply that has arrived by then counts.
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
