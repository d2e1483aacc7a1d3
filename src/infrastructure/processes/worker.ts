import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { monitorDeadLetters } from '../../application/operating/dead-letters/monitor-dead-letters.js';
import { commandTopics } from '../../application/kernel/messaging/consumer-groups.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../application/kernel/messaging/topics.js';
import { Tokens } from '../container/tokens.js';
import { EngineAway } from './retry-while-engine-away.js';
import { type RunningProcess } from './process.js';

const BATCH = 1_000;

/** Decides the requests of the partitions it is given, and takes down what was set aside: as many workers as partitions can share the work. */
export const startWorker = async (container: Container): Promise<RunningProcess> => {
  const log = container.get(Tokens.MessageLog);
  const logger = container.get(Tokens.Log);
  const snapshots = container.get(Tokens.SnapshotKeeper);
  const subscribed = await log.subscribe({
    topic: COUPON_ISSUE_REQUESTS,
    group: COUPON_ISSUE_GROUP,
    batchSize: BATCH,
    handle: container.get(Tokens.DecideCouponRequests),
    onAssigned: (partitions) => logger.info({ partitions }, 'deciding requests of these partitions'),
  })();
  if (E.isLeft(subscribed)) throw new EngineAway('message log');
  const monitored = await monitorDeadLetters({
    eventStore: container.get(Tokens.EventStore),
    snapshots: container.get(Tokens.Snapshots),
    logger,
    messageLog: log,
    alerts: container.get(Tokens.Alerts),
    clock: container.get(Tokens.Clock),
    metrics: container.get(Tokens.Metrics),
  })(commandTopics)();
  if (E.isLeft(monitored)) {
    await subscribed.right.stop();
    throw new EngineAway('message log');
  }
  return {
    stop: async () => {
      await Promise.all([subscribed.right.stop(), monitored.right.stop()]);
      await snapshots.settled();
    },
  };
};
