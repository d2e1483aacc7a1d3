import { either as E, taskEither as TE } from 'fp-ts';
import { type Alerts } from '../../application/ports/alerts.js';
import { type Log } from '../../application/ports/log.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type Config } from '../config/load-config.js';
import { systemClock } from '../system/system-clock.js';

/** Where nobody is to be told, the log is. */
const loggedAlerts = (log: Log): Alerts => ({
  raise: ({ title, text, key }) => {
    log.warn({ alert: key, text }, title);
    return TE.right(undefined);
  },
});

/** Alerts by webhook, if there is one; what cannot be delivered is in the log. */
export const openAlerts = async (config: Config, log: Log, metrics: Metrics): Promise<Alerts> => {
  if (config.ALERT_WEBHOOK_URL === undefined) return loggedAlerts(log);
  const { createWebhookAlerts } = await import('../../adapters/webhook/webhook-alerts.js');
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
