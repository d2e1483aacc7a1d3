import { either as E } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type NotDelivered } from '../../ports/webhook-sender.js';

type Sent = E.Either<NotDelivered, void>;
/** How an endpoint fares, as this process has seen it. */
interface EndpointHealth {
  /** Whether a message may be sent now. While the receiver is away: one at a time, ever more rarely. Asking changes nothing. */
  readonly mayTry: () => boolean;
  /** Sends a message: until that has ended, however it ends, `mayTry` knows that one is on its way. */
  readonly attempt: (messageId: string, send: () => Promise<Sent>) => Promise<Sent>;
  /** How long to wait before asking again, milliseconds. */
  readonly waitMs: () => number;
  /** How long nothing has got through though it was tried, milliseconds; 0 while something does. */
  readonly awayMs: () => number;
}
/** So many different messages in a row say that it is the receiver that is away, and not a message it cannot take. */
const AWAY_AFTER = 5;
const LONGEST = 60;
const SOON_MS = 100;
/** The pause doubles with every failure while it is away, up to sixty times the first. */

export const endpointHealth = (clock: Clock, firstPauseMs: number): EndpointHealth => {
  /** Since the last that got through; no more are kept than are needed to tell. */
  const failed = new Set<string>();
  let failedWhileAway = 0;
  let trying = 0;
  let failingFrom = 0;
  let opensAt = 0;
  const isAway = (): boolean => failed.size >= AWAY_AFTER;
  const ended = (messageId: string, isDelivered: boolean): void => {
    if (isDelivered) {
      failed.clear();
      failedWhileAway = 0;
      return;
    }
    if (failed.size === 0) failingFrom = clock.elapsed();
    if (isAway()) failedWhileAway += 1;
    else failed.add(messageId);
    opensAt = clock.elapsed() + firstPauseMs * Math.min(2 ** failedWhileAway, LONGEST);
  };
  return {
    mayTry: () => !isAway() || (trying === 0 && clock.elapsed() >= opensAt),
    attempt: async (messageId, send) => {
      trying += 1;
      try {
        const sent = await send();
        ended(messageId, E.isRight(sent));
        return sent;
      } finally {
        trying -= 1;
      }
    },
    waitMs: () => (trying > 0 ? SOON_MS : Math.max(opensAt - clock.elapsed(), SOON_MS)),
    awayMs: () => (isAway() ? clock.elapsed() - failingFrom : 0),
  };
};
