import { z } from 'zod';
import { Map } from 'immutable';
import {
  type CouponRejections,
  evolveRejections,
  noRejections,
} from '../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionEvent, type CouponRequestRejected } from '../../domain/coupon-rejections/events.js';
import { aggregateOf, type SnapshotCodec } from '../kernel/writer/aggregate.js';
import { eventSchemas, eventsOf } from '../kernel/events/event-schemas.js';
import { REJECTIONS_KEPT_SECONDS } from '../kernel/writer/rejected-requests.js';
import { changedTerms } from './coupon-aggregate.js';
import { numberPairs, pairsOf } from './snapshot-pairs.js';

const KEPT_MS = REJECTIONS_KEPT_SECONDS * 1_000;

/** The rejections by the thousand; what the stream no longer keeps is left out, as a fold of the stream would. */
const snapshots: SnapshotCodec<CouponRejections> = {
  version: 4,
  size: ({ rejected }) => rejected.size,
  encode: ({ rejected, latestAt }) => pairsOf(rejected, (at) => at > latestAt - KEPT_MS),
  decode: async (pieces) => {
    const rejected = Map<string, number>().asMutable();
    let latestAt = 0;
    for await (const piece of pieces)
      numberPairs(piece, (key, at) => {
        rejected.set(key, at);
        latestAt = Math.max(latestAt, at);
      });
    return { rejected: rejected.asImmutable(), latestAt };
  },
};

export const isCouponRequestRejected = eventsOf<CouponRequestRejected>({ CouponRequestRejected: true });

export const rejectionCode = z.enum([
  'COUPON_NOT_FOUND',
  'NOT_OPEN',
  'CLOSED',
  'PAUSED',
  'ALREADY_ISSUED',
  'OUT_OF_STOCK',
  'QUANTITY_BELOW_ISSUED',
  'INVALID_WINDOW',
  'ABANDONED',
  'UNPROCESSABLE',
]);

const reason = z.string();
const couponOperation = z.union([
  z.object({ type: z.enum(['PauseCoupon', 'ResumeCoupon']), reason }),
  z.object({ type: z.literal('ChangeQuantity'), quantity: z.number(), reason }),
  z.object({ type: z.literal('ChangeTerms'), reason, ...changedTerms }),
]);

export const isCouponRejectionEvent = eventSchemas<CouponRejectionEvent>()({
  CouponRequestRejected: z.object({
    couponId: z.string(),
    userId: z.string().nullable(),
    requestId: z.string(),
    code: rejectionCode,
    actor: z.string().exactOptional(),
    operation: couponOperation.exactOptional(),
    at: z.number(),
  }),
  CouponRejectionWithdrawn: z.object({
    couponId: z.string(),
    userId: z.string().nullable(),
    actor: z.string().exactOptional(),
    requestId: z.string(),
    deadLetterId: z.string(),
    at: z.number(),
  }),
});

export const couponRejectionsAggregate = aggregateOf(
  { initial: noRejections, evolve: evolveRejections },
  isCouponRejectionEvent,
  snapshots,
);
