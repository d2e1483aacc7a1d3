import { Set } from 'immutable';
import { z } from 'zod';
import { type Coupon, evolve, unknownCoupon } from '../../domain/coupon/coupon.js';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { Holders } from '../../domain/coupon/holders.js';
import { type Aggregate, type SnapshotCodec } from '../kernel/writer/aggregate.js';
import { shapedEvents } from '../kernel/writer/shaped-events.js';
import { pairsOf, textPairs } from './snapshot-pairs.js';

const terms = z.object({
  status: z.enum(['Issuing', 'Paused']),
  couponId: z.string(),
  name: z.string(),
  quantity: z.number(),
  discount: z.object({ kind: z.enum(['AMOUNT', 'PERCENT']), value: z.number() }),
  opensAt: z.number().nullable(),
  closesAt: z.number().nullable(),
  usableUntil: z.number().nullable().exactOptional(),
  eventId: z.string().nullable(),
  sale: z.enum(['Waiting', 'Open', 'Closed']),
  operatorRequests: z.array(z.string()),
});

/** First the terms, then the holders by the thousand. */
const snapshots: SnapshotCodec<Coupon> = {
  version: 3,
  size: (coupon) => (coupon.status === 'Unknown' ? 0 : coupon.holders.size),
  encode: function* (coupon) {
    if (coupon.status === 'Unknown') return;
    const { holders, operatorRequests, ...rest } = coupon;
    yield { ...rest, operatorRequests: operatorRequests.toArray() };
    yield* pairsOf(holders);
  },
  decode: async (pieces) => {
    let first: z.infer<typeof terms> | null = null;
    const holders = new Map<string, string>();
    for await (const piece of pieces)
      if (first === null) first = terms.parse(piece);
      else textPairs(piece, (user, request) => holders.set(user, request));
    if (first === null) return unknownCoupon;
    return { ...first, operatorRequests: Set(first.operatorRequests), holders: Holders.of(holders) };
  },
};

export const isCouponEvent = shapedEvents<CouponEvent>({
  CouponCreated: {
    couponId: 'string',
    name: 'string',
    quantity: 'number',
    discount: { kind: 'string', value: 'number' },
    opensAt: 'number|null',
    closesAt: 'number|null',
    'usableUntil?': 'number|null',
    eventId: 'string|null',
    at: 'number',
  },
  CouponIssued: { couponId: 'string', userId: 'string', requestId: 'string', place: 'number', at: 'number' },
  CouponPaused: { couponId: 'string', requestId: 'string', actor: 'string', reason: 'string', at: 'number' },
  CouponResumed: { couponId: 'string', requestId: 'string', actor: 'string', reason: 'string', at: 'number' },
  CouponQuantityChanged: {
    quantity: 'number',
    couponId: 'string',
    requestId: 'string',
    actor: 'string',
    reason: 'string',
    at: 'number',
  },
  CouponTermsChanged: {
    couponId: 'string',
    requestId: 'string',
    actor: 'string',
    reason: 'string',
    at: 'number',
    'name?': 'string',
    'closesAt?': 'number|null',
    'usableUntil?': 'number|null',
  },
  CouponSaleOpened: { couponId: 'string', eventId: 'string', requestId: 'string', at: 'number' },
  CouponSaleClosed: { couponId: 'string', eventId: 'string', requestId: 'string', at: 'number' },
});

export const couponAggregate: Aggregate<Coupon, CouponEvent> = {
  initial: unknownCoupon,
  evolve,
  isEvent: isCouponEvent,
  snapshots,
};
