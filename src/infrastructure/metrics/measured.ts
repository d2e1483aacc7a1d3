import { either as E } from 'fp-ts';
import { type DecideCouponRequests } from '../../application/coupon/decide-coupon-requests.js';
import { type RequestCoupon } from '../../application/coupon/request-coupon.js';
import { issueRequestsView } from '../../application/coupon/views/issue-requests.js';
import { type Clock } from '../../application/ports/clock.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type ReadModels } from '../../application/ports/read-models.js';

/** Counts requests by what they were answered, and how long the accepted ones took. */
export const measuredRequests =
  (requestCoupon: RequestCoupon, metrics: Metrics): RequestCoupon =>
  (request) =>
  async () => {
    const start = performance.now();
    const answer = await requestCoupon(request)();
    metrics.count('coupon_requests_total', { answer: E.isRight(answer) ? 'ACCEPTED' : answer.left.code });
    if (E.isRight(answer)) metrics.observe('coupon_accept_seconds', (performance.now() - start) / 1_000);
    return answer;
  };

/** How long each message waited in the log for its durable decision. */
export const measuredDecisions =
  (decide: DecideCouponRequests, metrics: Metrics, clock: Clock): DecideCouponRequests =>
  async (batch) => {
    await decide(batch);
    const now = clock.now();
    for (const { loggedAt } of batch.messages) metrics.observe('coupon_decide_seconds', (now - loggedAt) / 1_000);
  };

/** What is older when it is written is history being folded anew, not an answer somebody waits for. */
const LIVE_MS = 60_000;

/** How long the oldest answer of each write was recorded before it became visible. */
export const measuredVisibility = (readModels: ReadModels, metrics: Metrics, clock: Clock): ReadModels => ({
  ...readModels,
  write: (build, writes, checkpoint) => {
    const first = build.view === issueRequestsView.name ? writes[0]?.document : undefined;
    const write = readModels.write(build, writes, checkpoint);
    if (!first || !('processedAt' in first) || typeof first.processedAt !== 'number') return write;
    const { processedAt } = first;
    return async () => {
      const written = await write();
      const age = clock.now() - processedAt;
      if (age < LIVE_MS) metrics.observe('coupon_visible_seconds', age / 1_000);
      return written;
    };
  },
});
