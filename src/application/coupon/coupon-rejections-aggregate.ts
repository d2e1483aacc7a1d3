import { Map } from 'immutable';
import {
  type CouponRejections,
  evolveRejections,
  noRejections,
} from '../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionEvent, type CouponRequestRejected } from '../../domain/coupon-rejections/events.js';
import { type Aggregate, type SnapshotCodec } from '../kernel/writer/aggregate.js';
import { eventsOf } from '../kernel/writer/events-of.js';
import { shapedEvents } from '../kernel/writer/shaped-events.js';
import { REJECTIONS_KEPT_SECONDS } from '../kernel/writer/rejected-requests.js';
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

export const isCouponRejectionEvent = shapedEvents<CouponRejectionEvent>({
  CouponRequestRejected: {
    couponId: 'string',
    userId: 'string|null',
    requestId: 'string',
    code: 'string',
    'actor?': 'string',
    'operation?': { type: 'string', reason: 'string' },
    at: 'number',
  },
  CouponRejectionWithdrawn: {
    couponId: 'string',
    userId: 'string|null',
    'actor?': 'string',
    requestId: 'string',
    deadLetterId: 'string',
    at: 'number',
  },
});

export const couponRejectionsAggregate: Aggregate<CouponRejections, CouponRejectionEvent> = {
  initial: noRejections,
  evolve: evolveRejections,
  isEvent: isCouponRejectionEvent,
  snapshots,
};
