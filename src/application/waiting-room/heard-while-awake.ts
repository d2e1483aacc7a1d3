import { taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Presence } from '../ports/presence.js';

const LOOK_MS = 1_000;
/** A process that works looks far more often, however busy it is. */
const STOOD_STILL_MS = 10_000;

/**
 * Nobody is taken for gone for a time in which this process stood still, as on a machine that was suspended, or which its
 * clock jumped over: whoever asked meanwhile was not heard. Signs of life count from the moment at which it goes on.
 */
export const heardWhileAwake = (presence: Presence, clock: Pick<Clock, 'now' | 'wakeIn'>): Presence => {
  let [lookedAt, awakeSince] = [clock.now(), 0];
  const look = (): void => {
    const now = clock.now();
    // Set back: it was ahead, so nobody has been awake since then.
    awakeSince = now > lookedAt + STOOD_STILL_MS ? now : Math.min(awakeSince, now);
    lookedAt = now;
  };
  const lookAgain = (): void => {
    look();
    clock.wakeIn(LOOK_MS, lookAgain);
  };
  lookAgain();
  /** Looks first: of all that waits for a moment, what asks may be the first to wake. */
  const notBefore = TE.map((at: number) => {
    look();
    return Math.max(at, awakeSince);
  });
  return {
    touch: presence.touch,
    lastSeen: (tokenId) => notBefore(presence.lastSeen(tokenId)),
    since: () => notBefore(presence.since()),
  };
};
