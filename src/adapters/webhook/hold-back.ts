import { type Alert } from '../../application/ports/alerts.js';
import { type Clock } from '../../application/ports/clock.js';

const MINUTE = 60_000;
/** Keys remembered at once. Beyond it alerts of new keys share one: a flood of keys is one alert. */
const MOST_KEYS = 1_000;
const OVERFLOW = '…';

interface Held {
  count: number;
  last: Alert;
  readonly cancel: () => void;
}

export interface HoldBack {
  /** True: send it now. False: it is counted, and told when the minute is over. */
  readonly mayGo: (alert: Alert) => boolean;
  readonly close: () => void;
}

/** One alert a minute of each key; `tell` is given the last of those held back, and their count. */
export const holdBack = (clock: Clock, tell: (alert: Alert, count: number) => void): HoldBack => {
  const minutes = new Map<string, Held>();
  const begin = (key: string, alert: Alert): void => {
    const over = (): void => {
      const held = minutes.get(key);
      minutes.delete(key);
      if (held === undefined || held.count === 0) return;
      begin(key, held.last);
      tell(held.last, held.count);
    };
    minutes.set(key, { count: 0, last: alert, cancel: clock.wakeIn(MINUTE, over) });
  };
  return {
    mayGo: (alert) => {
      const key = minutes.has(alert.key) || minutes.size < MOST_KEYS ? alert.key : OVERFLOW;
      const held = minutes.get(key);
      if (held === undefined) {
        begin(key, alert);
        return true;
      }
      held.count += 1;
      held.last = alert;
      return false;
    },
    close: () => {
      for (const { cancel } of minutes.values()) cancel();
      minutes.clear();
    },
  };
};
