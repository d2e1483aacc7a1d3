import {
  askerOf,
  askerOfWithdrawn,
  type CouponRejections,
  evolveRejections,
} from '../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionEvent } from '../../domain/coupon-rejections/events.js';
import {
  requestOf,
  settleRequest,
  settleUnprocessable,
  withdrawal,
} from '../../domain/coupon-rejections/settle-request.js';
import { type Coupon } from '../../domain/coupon/coupon.js';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { scopeOf } from '../../domain/coupon/request-scope.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { aggregateWriter, type AggregateWriterPorts, type WriteBatch } from '../kernel/writer/aggregate-writer.js';
import { replayOf } from '../kernel/writer/dead-letter-message.js';
import { type Keyed, type Writing } from '../kernel/writer/writing.js';
import { type LoggedMessage } from '../ports/message-log.js';
import { type Metrics } from '../ports/metrics.js';
import { couponAggregate, couponRejectionsStream, couponStream } from './coupon-aggregate.js';
import { couponRejectionsAggregate } from './coupon-rejections-aggregate.js';
import { requestInHeaders } from './coupon-request-message.js';
import { type CouponOrder, readCouponMessage } from './coupon-messages.js';

export type SettleRequest = typeof settleRequest;
export type CouponWriting = Writing<CouponOrder, Coupon, CouponEvent, CouponRejections, CouponRejectionEvent>;

/** What the ids of a rejection are derived from: the request's scope, and which of its answers this is. */
const requestKeyOf = (event: CouponRejectionEvent, { offset, headers }: LoggedMessage): string => {
  if (event.type === 'CouponRejectionWithdrawn')
    return `${scopeOf(askerOfWithdrawn(event), event.requestId)}/withdrawn/${offset}`;
  const scope = scopeOf(askerOf(event), event.requestId);
  // It may be asked and given up again, or be asked and rejected.
  const which = event.code === 'ABANDONED' ? `/abandoned/${event.at}` : '';
  // The answer to a replay is another one than the one that was withdrawn for it.
  return replayOf({ headers }) === null ? `${scope}${which}` : `${scope}${which}/replayed/${offset}`;
};

const keyed =
  (message: LoggedMessage) =>
  (event: CouponRejectionEvent): Keyed<CouponRejectionEvent> => ({ requestKey: requestKeyOf(event, message), event });

/**
 * The coupon's own writing: what was rejected is remembered by request, so a request is answered once wherever and however
 * often its messages stand in the log. `settle` is the rule; another one only to see it fail.
 */
const couponWriting = (settle: SettleRequest = settleRequest): CouponWriting => ({
  topic: COUPON_ISSUE_REQUESTS,
  streamOf: couponStream,
  rejectionsStreamOf: couponRejectionsStream,
  aggregate: couponAggregate,
  rejections: couponRejectionsAggregate,
  read: readCouponMessage,
  answer: (order, message, { state, rejections }) => {
    const [deadLetterId, request] = [replayOf(message), requestOf(order)];
    // A replayed request whose answer is that it could not be processed is decided anew; any other answer stands.
    const withdrawn =
      deadLetterId === null || request === null
        ? null
        : withdrawal(request, rejections, deadLetterId, message.loggedAt);
    const settlement = settle(order, state, withdrawn === null ? rejections : evolveRejections(rejections, withdrawn));
    if (settlement.settled === 'Before') return null;
    const before: ReadonlyArray<CouponRejectionEvent> = withdrawn === null ? [] : [withdrawn];
    // The opening or closing of an event has no asker. The key of a user's request must never change.
    const requestKey = scopeOf(request?.asker ?? { asks: 'UNKNOWN' }, order.requestId);
    if (settlement.settled === 'Granted')
      return { requestKey, events: settlement.events, rejections: before.map(keyed(message)) };
    return { requestKey, events: [], rejections: [...before, ...settlement.events].map(keyed(message)) };
  },
  giveUp: (message, order, { state, rejections }) => {
    const request = order === null ? requestInHeaders(message) : requestOf(order);
    if (request === null) return [];
    const { settled, events } = settleUnprocessable(request, message.loggedAt, state, rejections);
    return settled === 'Rejected' ? events.map(keyed(message)) : null;
  },
  sizeOf: (coupon, { rejected }) => (coupon.status === 'Unknown' ? 0 : coupon.holders.size) + rejected.size,
});

export interface DecideCouponRequestsPorts extends AggregateWriterPorts {
  readonly metrics: Metrics;
  /** The rule of the domain; tests pass one that fails. */
  readonly settle?: SettleRequest;
}

export const decideCouponRequests = ({ metrics, settle, ...ports }: DecideCouponRequestsPorts): WriteBatch =>
  aggregateWriter(ports)(couponWriting(settle), ({ granted, rejected }) => {
    const issued = granted.filter(({ event }) => event.type === 'CouponIssued').length;
    if (issued > 0) metrics.count('coupon_issue_count', { result: 'SUCCESS' }, issued);
    for (const { event } of rejected)
      if (event.type === 'CouponRequestRejected' && event.operation === undefined)
        metrics.count('coupon_issue_count', { result: event.code });
  });
