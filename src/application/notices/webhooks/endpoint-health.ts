import { type Clock } from '../../ports/clock.js';

/** How an endpoint fares, as this process has seen it. */
export interface EndpointHealth {
  /** Whether a message may be sent now. While the receiver is away: one at a time, ever more rarely. Follow it by `ended`. */
  readonly mayTry: () => boolean;
  readonly ended: (messageId: string, isDelivered: boolean) => void;
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
  let isTrying = false;
  let failingFrom = 0;
  let opensAt = 0;
  const isAway = (): boolean => failed.size >= AWAY_AFTER;
  return {
    mayTry: () => {
      if (!isAway()) return true;
      if (isTrying || clock.elapsed() < opensAt) return false;
      return (isTrying = true);
    },
    ended: (messageId, isDelivered) => {
      isTrying = false;
      if (isDelivered) {
        failed.clear();
        failedWhileAway = 0;
        return;
      }
      if (failed.size === 0) failingFrom = clock.elapsed();
      if (isAway()) failedWhileAway += 1;
      else failed.add(messageId);
      opensAt = clock.elapsed() + firstPauseMs * Math.min(2 ** failedWhileAway, LONGEST);
    },
    waitMs: () => (isTrying ? SOON_MS : Math.max(opensAt - clock.elapsed(), SOON_MS)),
    awayMs: () => (isAway() ? clock.elapsed() - failingFrom : 0),
  };
};
