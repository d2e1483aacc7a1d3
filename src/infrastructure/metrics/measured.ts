import { either as E } from 'fp-ts';
import { type BreakerState } from '../../adapters/breaker/circuit.js';
import { type RequestCoupon } from '../../application/coupon/request-coupon.js';
import { OUTCOMES } from '../../application/kernel/outcome/outcomes.js';
import { activeTrace } from '../../application/kernel/tracing/active-trace.js';
import { type WriteBatch } from '../../application/kernel/writer/aggregate-writer.js';
import { type MessageLog, type PublishError } from '../../application/ports/message-log.js';
import { type Clock } from '../../application/ports/clock.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type DocumentWrite, type ReadModels } from '../../application/ports/read-models.js';

/** Counts requests by what they were answered, and how long the accepted ones took. */
export const measuredRequests =
  (requestCoupon: RequestCoupon, metrics: Metrics, clock: Clock): RequestCoupon =>
  (request) =>
  async () => {
    const start = clock.elapsed();
    const answer = await requestCoupon(request)();
    metrics.count('coupon_requests_total', { answer: E.isRight(answer) ? 'ACCEPTED' : answer.left.code });
    if (E.isRight(answer))
      metrics.observe('coupon_accept_seconds', (clock.elapsed() - start) / 1_000, undefined, activeTrace());
    return answer;
  };

const publishResult = (published: E.Either<PublishError, unknown>): string => {
  if (E.isRight(published)) return 'sent';
  switch (published.left) {
    case 'PublishFailed':
      return 'failed';
    case 'PublishOutcomeUnknown':
      return 'unknown';
    case 'LogOverloaded':
      return 'refused';
  }
};

/** Counts messages by what became of publishing them, as the adapter of Kafka does. */
export const measuredPublishing = (log: MessageLog, metrics: Metrics): MessageLog => ({
  ...log,
  publish: (topic, message) => async () => {
    const published = await log.publish(topic, message)();
    metrics.count('kafka_producer_record_send_total', { topic, result: publishResult(published) });
    return published;
  },
});

/** How long each message waited in the log for its durable decision. */
export const measuredDecisions =
  (decide: WriteBatch, metrics: Metrics, clock: Clock): WriteBatch =>
  async (batch) => {
    await decide(batch);
    const now = clock.now();
    for (const { loggedAt, headers } of batch.messages)
      metrics.observe('coupon_decide_seconds', (now - loggedAt) / 1_000, undefined, headers['traceparent']);
  };

/** What is older when it is written is history being folded anew, not an answer somebody waits for. */
const LIVE_MS = 60_000;

/** Of the coupons' outcomes. */
const firstProcessedAt = (writes: ReadonlyArray<DocumentWrite>): number | null => {
  for (const { document } of writes)
    if (
      document !== null &&
      'couponId' in document &&
      'processedAt' in document &&
      typeof document.processedAt === 'number'
    )
      return document.processedAt;
  return null;
};

/** How long the oldest answer of each write was recorded before it became visible. */
export const measuredVisibility = (readModels: ReadModels, metrics: Metrics, clock: Clock): ReadModels => ({
  ...readModels,
  write: (build, writes, checkpoint) => {
    const write = readModels.write(build, writes, checkpoint);
    const processedAt = build.view === OUTCOMES ? firstProcessedAt(writes) : null;
    if (processedAt === null) return write;
    return async () => {
      const written = await write();
      const age = clock.now() - processedAt;
      if (age < LIVE_MS) metrics.observe('coupon_visible_seconds', age / 1_000);
      return written;
    };
  },
});

const STATES: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 0.5, open: 1 };

/** How a breaker before another's server behaves, and the gauge that tells how it stands. */
export const measuredBreaker = (metrics: Pick<Metrics, 'gauge'>, name: string) => {
  metrics.gauge(name, 0);
  return { resetMs: 5_000, volume: 10, onState: (state: BreakerState): void => metrics.gauge(name, STATES[state]) };
};
