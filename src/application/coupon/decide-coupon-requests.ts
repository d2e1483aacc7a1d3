import { aggregateWriter, type AggregateWriterPorts, type WriteBatch } from '../kernel/writer/aggregate-writer.js';
import { type Metrics } from '../ports/metrics.js';
import { couponWriting, type SettleRequest } from './coupon-writing.js';

export interface DecideCouponRequestsPorts extends AggregateWriterPorts {
  readonly metrics: Metrics;
  /** The rule; another one only to see it fail. */
  readonly settle?: SettleRequest;
}

/** Holders and rejections, over all coupons: about 600 MB. */
const MOST_HELD = 3_000_000;

/** The one writer of the coupons of a partition. */
export const decideCouponRequests = ({ metrics, settle, ...ports }: DecideCouponRequestsPorts): WriteBatch =>
  aggregateWriter({ mostHeld: MOST_HELD, ...ports })(couponWriting(settle), ({ granted, rejected }) => {
    const issued = granted.filter(({ event }) => event.type === 'CouponIssued').length;
    if (issued > 0) metrics.count('coupon_issue_count', { result: 'SUCCESS' }, issued);
    for (const { event } of rejected)
      if (event.type === 'CouponRequestRejected') metrics.count('coupon_issue_count', { result: event.code });
  });
