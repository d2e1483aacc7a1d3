import { function as F, taskEither as TE } from 'fp-ts';
import CircuitBreaker from 'opossum';
import { type Alert, type Alerts } from '../../application/ports/alerts.js';
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

interface HoldBack {
  /** True: send it now. False: it is counted, and told when the minute is over. */
  readonly mayGo: (alert: Alert) => boolean;
  readonly close: () => void;
}

/** One alert a minute of each key; `tell` is given the last of those held back, and their count. */
const holdBack = (clock: Clock, tell: (alert: Alert, count: number) => void): HoldBack => {
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

/** Slack reads these three as markup; everything else is text. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The body of an incoming webhook of Slack, and of what understands the same (Mattermost, Discord's /slack). */
const slackMessage = ({ title, text }: Alert, heldBack: number): { readonly text: string } => ({
  text: [
    `*${escaped(title)}*`,
    escaped(text),
    ...(heldBack > 0 ? [`_${heldBack} of this kind were held back in the minute before._`] : []),
  ].join('\n'),
});

export interface WebhookOptions {
  readonly url: string;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
  /** After more than half of the calls failed, how long none is tried, milliseconds. Default 30 s. */
  readonly resetMs?: number;
  readonly clock: Clock;
  /** Told of an alert that was to follow by itself (a count of what was held back) and did not get through. */
  readonly onLost?: (alert: Alert) => void;
}

export interface WebhookAlerts extends Alerts {
  /** Ends the timers; what is held back is not sent any more. */
  readonly close: () => void;
}

const post = async (url: string, timeoutMs: number, body: object): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    // Elsewhere it would be asked for by GET, without what it says.
    redirect: 'manual',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The webhook answered ${response.status}`);
};

/**
 * Posts alerts in Slack's format. Of one key at most one a minute; what came in between is told as a count when the
 * minute is over. An alert that was held back counts as raised. Never waits longer than `timeoutMs`; while the breaker
 * is open it answers at once.
 */
export const createWebhookAlerts = ({
  url,
  timeoutMs,
  resetMs = 30_000,
  clock,
  onLost,
}: WebhookOptions): WebhookAlerts => {
  const breaker = new CircuitBreaker((body: object) => post(url, timeoutMs, body), {
    timeout: false,
    errorThresholdPercentage: 50,
    volumeThreshold: 3,
    resetTimeout: resetMs,
  });
  const send = (alert: Alert, heldBack: number): Promise<void> => breaker.fire(slackMessage(alert, heldBack));
  const held = holdBack(clock, (alert, count) => void send(alert, count).catch(() => onLost?.(alert)));
  return {
    raise: (alert) =>
      held.mayGo(alert)
        ? F.pipe(
            TE.tryCatch(
              () => send(alert, 0),
              () => 'AlertsUnavailable' as const,
            ),
          )
        : TE.right(undefined),
    close: () => {
      held.close();
      breaker.shutdown();
    },
  };
};
