import { either as E, type taskEither as TE } from 'fp-ts';
import { Container } from 'inversify';
import { topics } from '../../application/kernel/messaging/topics.js';
import { type Config } from '../config/load-config.js';
import { type Engines } from '../engines/engines.js';
import { keyWrapFault } from '../engines/key-wrap.js';
import { openEngines } from '../engines/open-engines.js';
import { type ClosableLog } from '../logging/pino-log.js';
import { countDroppedLines } from '../metrics/dropped-lines.js';
import { createPrometheusMetrics } from '../metrics/prometheus-metrics.js';
import { EngineAway, type RetryWhileEngineAway } from '../engines/retry-while-engine-away.js';
import { destinations } from '../telemetry/destinations.js';
import { systemClock } from '../system/system-clock.js';
import { uuidIds } from '../system/uuid-ids.js';
import { composeCheckout } from './compose-checkout.js';
import { composeCoupon } from './compose-coupon.js';
import { composeKernel } from './compose-kernel.js';
import { composeNotices } from './compose-notices.js';
import { composeOperating } from './compose-operating.js';
import { composeShopEvent } from './compose-shop-event.js';
import { composeWaitingRoom } from './compose-waiting-room.js';
import { bindPorts, type Opened } from './bind-ports.js';
import { openAlerts } from './open-alerts.js';

const ensureTopics = async ({ log }: Engines, { KAFKA_PARTITIONS }: Config): Promise<void> => {
  const ensured = await log.messageLog.ensureTopics(topics(KAFKA_PARTITIONS))();
  if (E.isLeft(ensured)) throw new EngineAway('message log');
};

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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
      return E.left(said(error));
    }
    const alerts = await openAlerts(config, log, metrics);
    return E.right(compose({ config, engines, log, metrics, alerts, clock: systemClock, ids: uuidIds }));
  };
