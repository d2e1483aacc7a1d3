import { either as E, nonEmptyArray as NEA } from 'fp-ts';
import { statfs } from 'node:fs/promises';
import { type ConsumerGroup, consumerGroups } from '../../application/kernel/messaging/topics.js';
import { listParkedStreams } from '../../application/kernel/process/operate-parking.js';
import { type ParkedStream } from '../../application/kernel/process/parked-streams-view.js';
import { listProjections } from '../../application/kernel/projection/projection-status.js';
import { allProjections } from '../../application/operating/all-projections.js';
import { countDeadLetters, countParkedOrders } from '../../application/operating/what-waits.js';
import { crowdGauges } from '../../application/waiting-room/crowd-gauges.js';
import { type Bound } from '../container/bound-in.js';
import { isEmbedded } from '../engines/engines.js';

/** Gauges that are asked for when somebody looks: how far everything is behind, as a count and as an age. */
export const refreshGauges = (bound: Bound): void => {
  const { metrics, clock, messageLog: log, gate, feed, readModels, projectionRunner: running, config } = bound;
  const projections = { clock, feed, readModels, running };

  const refreshLag = async ({ topic, group }: ConsumerGroup): Promise<void> => {
    const lags = await log.lag(topic, group)();
    if (E.isLeft(lags)) return;
    for (const { partition, head, committed, oldestUnprocessedAt } of lags.right) {
      const labels = { topic, group, partition: String(partition) };
      const ageMs = oldestUnprocessedAt === null ? 0 : Math.max(0, clock.now() - oldestUnprocessedAt);
      metrics.gauge('kafka_consumer_lag', head - committed, labels);
      metrics.gauge('kafka_consumer_lag_seconds', ageMs / 1_000, labels);
    }
  };

  for (const consumed of consumerGroups) metrics.onExpose(() => refreshLag(consumed));
  metrics.onExpose(crowdGauges({ readModels, metrics }));
  /** One figure for each, by a label; 0 for who is no longer among them. */
  const gaugeEach = (name: string, label: string): ((figures: ReadonlyMap<string, number>) => void) => {
    const told = new Set<string>();
    return (figures) => {
      for (const each of figures.keys()) told.add(each);
      for (const each of told) metrics.gauge(name, figures.get(each) ?? 0, { [label]: each });
    };
  };
  const tellLag = gaugeEach('webhook_lag_seconds', 'endpoint');
  metrics.onExpose(async () => {
    const webhooks = await bound.webhookCalls.listWebhooks()();
    if (E.isRight(webhooks))
      tellLag(new Map(webhooks.right.map(({ endpointId, lagMs }) => [endpointId, lagMs / 1_000])));
  });
  const tellParked = gaugeEach('parked_streams', 'consumer');
  metrics.onExpose(async () => {
    const parked = await listParkedStreams({ readModels })();
    if (E.isLeft(parked)) return;
    const byConsumer = NEA.groupBy(({ consumer }: ParkedStream) => consumer)([...parked.right]);
    tellParked(new Map(Object.entries(byConsumer).map(([consumer, streams]) => [consumer, streams.length])));
  });
  metrics.onExpose(async () => {
    const waiting = await countDeadLetters({ readModels })();
    if (E.isRight(waiting)) metrics.gauge('dead_letters_waiting', waiting.right);
  });
  metrics.onExpose(async () => {
    const parked = await countParkedOrders({ readModels })();
    if (E.isRight(parked)) metrics.gauge('orders_parked', parked.right);
  });
  if (isEmbedded(config))
    metrics.onExpose(async () => {
      const { bavail, blocks, bsize } = await statfs(config.DATA_DIR);
      metrics.gauge('data_dir_free_bytes', bavail * bsize);
      metrics.gauge('data_dir_size_bytes', blocks * bsize);
    });
  metrics.onExpose(async () => {
    const statuses = await listProjections(projections)(allProjections)();
    if (E.isLeft(statuses)) return;
    for (const { view, lag } of statuses.right) {
      metrics.gauge('projection_lag', lag.events, { view });
      metrics.gauge('projection_lag_seconds', lag.ageMs / 1_000, { view });
    }
  });
  metrics.onExpose(async () => {
    const answer = await gate.pendingSince(0, 1)();
    metrics.gauge('gate_available', E.isRight(answer) ? 1 : 0);
  });
};
