import { either as E, taskEither as TE } from 'fp-ts';
import { Container } from 'inversify';
import { derivedSecrets } from '../../adapters/standard-webhooks/derived-secrets.js';
import { webhookSender } from '../../adapters/standard-webhooks/webhook-sender.js';
import { topics } from '../../application/kernel/messaging/topics.js';
import { parkedStreams } from '../../application/kernel/process/parking/parked-streams.js';
import { watchProgress } from '../../application/kernel/process/watch-progress.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { keepSnapshots } from '../../application/kernel/writer/keep-snapshots.js';
import { operateWebhooks } from '../../application/notices/webhooks/operate-webhooks.js';
import { allEvents } from '../../application/operating/all-events.js';
import { type Alerts } from '../../application/ports/alerts.js';
import { type Log } from '../../application/ports/log.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { cancelEvent, closeEvent, rescheduleEvent } from '../../application/shop-event/change-event.js';
import { eventById } from '../../application/shop-event/event-by-id.js';
import { eventsView } from '../../application/shop-event/events.js';
import { openEvent } from '../../application/shop-event/open-event.js';
import { scheduleEvent } from '../../application/shop-event/schedule-event.js';
import { type Config } from '../config/load-config.js';
import { type Engines } from '../engines/engines.js';
import { keyWrapFault } from '../engines/key-wrap.js';
import { openEngines } from '../engines/open-engines.js';
import { EngineAway, type RetryWhileEngineAway } from '../engines/retry-while-engine-away.js';
import { type ClosableLog } from '../logging/pino-log.js';
import { createPrometheusMetrics, type PrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { systemClock } from '../system/system-clock.js';
import { inWords } from '../system/in-words.js';
import { uuidIds } from '../system/uuid-ids.js';
import { destinations } from '../telemetry/destinations.js';
import { bindPorts, type Opened } from './bind-ports.js';
import { bindOnce } from './bound-in.js';
import { composeCheckout } from './compose-checkout.js';
import { composeCoupon } from './compose-coupon.js';
import { composeOperating } from './compose-operating.js';
import { composeWaitingRoom } from './compose-waiting-room.js';
import { projectionRunner } from './projection-runner.js';
import { Tokens as T } from './tokens.js';

/** What becomes of events of the shop: the calls of HTTP, and the opening. */
const composeShopEvent = (container: Container): void => {
  bindOnce(container, T.OpenEvent, ({ eventStore, snapshots, logger, clock, secondClock, ids, metrics }) =>
    openEvent({ eventStore, snapshots, logger, clock, secondClock, ids, metrics }),
  );
  bindOnce(container, T.EventCalls, (bound) => {
    const { eventStore, snapshots, logger, readModels, clock, ids, reminders, config } = bound;
    const awaitVisible = awaitVisibleIn({ readModels, clock }, config.OPERATION_TIMEOUT_MS)(eventsView);
    const ports = { eventStore, snapshots, logger, clock, ids, reminders, awaitVisible };
    return {
      scheduleEvent: scheduleEvent(ports),
      eventById: eventById({ readModels, clock }),
      rescheduleEvent: rescheduleEvent(ports),
      closeEvent: closeEvent(ports),
      cancelEvent: cancelEvent(ports),
    };
  });
};

/** Who posts messages to endpoints outside, and what operators do with these. */
const composeNotices = (container: Container): void => {
  bindOnce(container, T.WebhookSecretOf, ({ config: { KEYS_SECRET: secret } }) =>
    secret === undefined ? null : derivedSecrets(secret),
  );
  bindOnce(container, T.WebhookSender, ({ clock, config }) => {
    const { AUTH, WEBHOOK_TIMEOUT_MS: timeoutMs, WEBHOOK_PRIVATE_ADDRESSES: isPrivate } = config;
    const allowsPrivate = (isPrivate ?? (AUTH === 'jwt' ? 'refuse' : 'allow')) === 'allow';
    return webhookSender({ timeoutMs, clock, allowsPrivate });
  });
  bindOnce(container, T.WebhookCalls, (bound) => {
    const { eventStore, feed, snapshots, logger, readModels, clock, ids } = bound;
    const { webhookSender: sender, webhookSecretOf: secretOf } = bound;
    return operateWebhooks({ eventStore, feed, snapshots, logger, readModels, clock, ids, sender, secretOf });
  });
};

/** Counts what the log itself cannot tell. */
const countDroppedLines = (
  metrics: Pick<PrometheusMetrics, 'count' | 'onExpose'>,
  { dropped }: Pick<ClosableLog, 'dropped'>,
): void => {
  let counted = 0;
  metrics.onExpose(async () => {
    const [before, now] = [counted, dropped()];
    counted = now;
    metrics.count('log_lines_dropped_total', undefined, now - before);
  });
};

/** Where nobody is to be told, the log is. */
const loggedAlerts = (log: Log): Alerts => ({
  raise: ({ title, text, key }) => {
    log.warn({ alert: key, text }, title);
    return TE.right(undefined);
  },
});

/** Alerts by webhook, if there is one; what cannot be delivered is in the log. */
const openAlerts = async (config: Config, log: Log, metrics: Metrics): Promise<Alerts> => {
  if (config.ALERT_WEBHOOK_URL === undefined) return loggedAlerts(log);
  const { createWebhookAlerts } = await import('../../adapters/webhook/webhook-alerts.js');
  // Prometheus sees something grow only from the second time on that it is there.
  for (const outcome of ['raised', 'lost']) metrics.count('alerts_total', { outcome }, 0);
  const lost = ({ key, title, text }: Parameters<Alerts['raise']>[0]): void => {
    metrics.count('alerts_total', { outcome: 'lost' });
    log.warn({ alert: key, text }, title);
  };
  const { raise } = createWebhookAlerts({
    url: config.ALERT_WEBHOOK_URL,
    timeoutMs: config.ALERT_TIMEOUT_MS,
    clock: systemClock,
    onLost: lost,
  });
  return {
    raise: (alert) => async () => {
      const raised = await raise(alert)();
      if (E.isLeft(raised)) lost(alert);
      else metrics.count('alerts_total', { outcome: 'raised' });
      return raised;
    },
  };
};

/** What every context works with: which streams are passed over, who follows the feed, and the read models. */
const composeKernel = (container: Container): void => {
  bindOnce(container, T.ParkedStreams, ({ eventStore, snapshots, logger, ids, alerts, clock }) =>
    parkedStreams({ eventStore, snapshots, logger, ids, alerts, clock, faultOf: allEvents.faultOf }),
  );
  bindOnce(container, T.Progress, ({ feed, alerts, clock, logger: log, metrics }) =>
    watchProgress({ feed, alerts, clock, log, metrics }),
  );
  bindOnce(container, T.ProjectionRunner, ({ feed, readModels, leases, clock, logger: log, metrics, parkedStreams }) =>
    projectionRunner({ feed, readModels, leases, clock, log, metrics, parkedStreams }),
  );
  bindOnce(container, T.SnapshotKeeper, ({ snapshots, logger }) => keepSnapshots({ snapshots, logger }));
};

const ensureTopics = async ({ log }: Engines, { KAFKA_PARTITIONS }: Config): Promise<void> => {
  const ensured = await log.messageLog.ensureTopics(topics(KAFKA_PARTITIONS))();
  if (E.isLeft(ensured)) throw new EngineAway('message log');
};

/** Everything there is, bound to what was opened. Nothing runs yet. */
export const compose = (opened: Opened): Container => {
  const container = new Container();
  bindPorts(container, opened);
  composeKernel(container);
  composeShopEvent(container);
  composeWaitingRoom(container);
  composeCoupon(container);
  composeCheckout(container);
  composeNotices(container);
  composeOperating(container);
  return container;
};

/** The engines opened, and everything bound to them. Nothing runs yet. Left: what an operator can do about it. */
export const openContainer =
  (config: Config, log: ClosableLog, retryWhileEngineAway: RetryWhileEngineAway): TE.TaskEither<string, Container> =>
  async () => {
    const metrics = createPrometheusMetrics({ exemplars: destinations(config).traces !== null });
    countDroppedLines(metrics, log);
    const opened = await openEngines({ config, log, metrics, clock: systemClock })();
    if (E.isLeft(opened)) return opened;
    const engines = opened.right;
    try {
      await retryWhileEngineAway(() => ensureTopics(engines, config));
      const fault =
        (await retryWhileEngineAway(engines.events.entryFault)) ??
        (await retryWhileEngineAway(() => keyWrapFault(engines.events.dataKeys, config)));
      if (fault !== null) {
        await engines.close();
        return E.left(fault);
      }
    } catch (error) {
      await engines.close();
      return E.left(inWords(error));
    }
    const alerts = await openAlerts(config, log, metrics);
    return E.right(compose({ config, engines, log, metrics, alerts, clock: systemClock, ids: uuidIds }));
  };
