import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { COUPON_REJECTION_STREAMS } from '../../application/coupon/coupon-aggregate.js';
import { REJECTION_CONTEXTS, rejectionsStream } from '../../application/kernel/writer/rejected-requests.js';
import { sealHistory } from '../../application/operating/history/seal-history.js';
import { type Start } from './every.js';
import { lead } from './lead.js';

/** Of the time of this process, since it was asked last. */
const BUSY = 0.5;
const watchingLoad = (): (() => boolean) => {
  let since: EventLoopUtilization = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, since);
    since = now;
    return utilization > BUSY;
  };
};
/** Rejections are dropped after some time; the other events stay provable without them. */
const PASSING = [COUPON_REJECTION_STREAMS, ...REJECTION_CONTEXTS.map((context) => rejectionsStream(context, ''))];
/** Seals the history: one process at a time, the others standing by. */
export const startSealing: Start = async (bound) => {
  // Reads events as they are stored, because how old ones are read changes from version to version.
  const { engines, signingKey, clock, logger: log, metrics } = bound;
  const { feed, eventStore } = engines.events;
  const begin = sealHistory({
    feed,
    eventStore,
    signingKey,
    clock,
    log,
    metrics,
    isBusy: watchingLoad(),
    passing: PASSING,
  });
  return lead(bound, { name: 'sealing', begin });
};
