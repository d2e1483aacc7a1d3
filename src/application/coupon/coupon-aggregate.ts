import { Set } from 'immutable';
import { z } from 'zod';
import { challengePolicy } from '../kernel/challenge/challenge-policy.js';
import { type Coupon, evolve, unknownCoupon } from '../../domain/coupon/coupon.js';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { Holders } from '../../domain/coupon/holders.js';
import { aggregateOf, type SnapshotCodec } from '../kernel/writer/aggregate.js';
import { eventSchemas } from '../kernel/events/event-schemas.js';
import { pairsOf, textPairs } from './snapshot-pairs.js';

export const COUPON_STREAMS = 'coupon-';
export const couponStream = (couponId: string): string => `${COUPON_STREAMS}${couponId}`;

/** Requests that led to nothing, apart from the hot stream. */
export const COUPON_REJECTION_STREAMS = 'couponRejections-';
export const couponRejectionsStream = (couponId: string): string => `${COUPON_REJECTION_STREAMS}${couponId}`;

/** Whether it may hold the answer to a request for this coupon, or for any. */
export const mayAnswer = (streamId: string, couponId?: string): boolean =>
  couponId === undefined
    ? streamId.startsWith(COUPON_STREAMS) || streamId.startsWith(COUPON_REJECTION_STREAMS)
    : streamId === couponStream(couponId) || streamId === couponRejectionsStream(couponId);

const created = {
  couponId: z.string(),
  name: z.string(),
  quantity: z.number(),
  discount: z.object({ kind: z.enum(['AMOUNT', 'PERCENT']), value: z.number() }),
  opensAt: z.number().nullable(),
  closesAt: z.number().nullable(),
  usableUntil: z.number().nullable().exactOptional(),
  eventId: z.string().nullable(),
};

const terms = z.object({
  status: z.enum(['Issuing', 'Paused']),
  ...created,
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

/** Absent is as it was. */
export const changedTerms = {
  name: z.string().exactOptional(),
  closesAt: z.number().nullable().exactOptional(),
  usableUntil: z.number().nullable().exactOptional(),
  challenge: challengePolicy.exactOptional(),
};

const operated = { couponId: z.string(), requestId: z.string(), actor: z.string(), reason: z.string(), at: z.number() };

const ofSale = { couponId: z.string(), eventId: z.string(), requestId: z.string(), at: z.number() };

export const isCouponEvent = eventSchemas<CouponEvent>()({
  CouponCreated: z.object({ ...created, challenge: challengePolicy.exactOptional(), at: z.number() }),
  CouponIssued: z.object({
    couponId: z.string(),
    userId: z.string(),
    requestId: z.string(),
    place: z.number(),
    at: z.number(),
  }),
  CouponPaused: z.object(operated),
  CouponResumed: z.object(operated),
  CouponQuantityChanged: z.object({ quantity: z.number(), ...operated }),
  CouponTermsChanged: z.object({ ...operated, ...changedTerms }),
  CouponSaleOpened: z.object(ofSale),
  CouponSaleClosed: z.object(ofSale),
});

export const couponAggregate = aggregateOf({ initial: unknownCoupon, evolve }, isCouponEvent, snapshots);
