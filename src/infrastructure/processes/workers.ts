import { either as E } from 'fp-ts';
import { decideStockRequests } from '../../application/checkout/stock/decide-stock-requests.js';
import {
  commandTopics,
  COUPON_ISSUE_GROUP,
  COUPON_ISSUE_REQUESTS,
  STOCK_GROUP,
  STOCK_REQUESTS,
  TOKEN_ACTIVATE_GROUP,
  WAITING_TOKEN,
} from '../../application/kernel/messaging/topics.js';
import { monitorDeadLetters } from '../../application/operating/dead-letters/monitor-dead-letters.js';
import { type MessageLog, type Subscribe, type Consumer } from '../../application/ports/message-log.js';
import { type Bound } from '../container/bound-in.js';
import { EngineAway } from '../engines/retry-while-engine-away.js';
import { type Start } from './every.js';

/** What is consumed from topics: the writers of coupons, waiting rooms and stock, and what they set aside. */
const subscriptionsOf = (bound: Bound, log: MessageLog): ReadonlyArray<Subscribe> => {
  const { eventStore, snapshots, logger, clock, snapshotKeeper, parkedStreams, alerts, metrics } = bound;
  const ports = { eventStore, snapshots, logger, clock };
  const decideStock = decideStockRequests({ ...ports, log, snapshotKeeper, parkedStreams });
  const monitor = monitorDeadLetters({ ...ports, alerts, metrics });
  return [
    {
      topic: COUPON_ISSUE_REQUESTS,
      group: COUPON_ISSUE_GROUP,
      batchSize: 1000,
      handle: bound.decideCouponRequests,
    },
    { topic: WAITING_TOKEN, group: TOKEN_ACTIVATE_GROUP, handle: bound.decideWaitingRequests },
    { topic: STOCK_REQUESTS, group: STOCK_GROUP, handle: decideStock },
    ...commandTopics.map(monitor),
  ];
};
/** Decides the requests of the partitions it is given: as many workers as partitions can share the work. */
export const startWorkers: Start = async (bound) => {
  const { messageLog: log, snapshotKeeper } = bound;
  const running: Consumer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((consumer) => consumer.stop()));
    await snapshotKeeper.settled();
  };
  for (const subscription of subscriptionsOf(bound, log)) {
    const subscribed = await log.subscribe(subscription)();
    if (E.isRight(subscribed)) running.push(subscribed.right);
    else {
      await stop();
      throw new EngineAway('message log');
    }
  }
  return { stop };
};
