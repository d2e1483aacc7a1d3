import { z } from 'zod';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { termsIn } from '../../domain/coupon/operation.js';
import { challengePolicy } from '../kernel/challenge/challenge-policy.js';
import { type View } from '../kernel/projection/view.js';
import { EVENT_STREAMS } from '../shop-event/sale-aggregate.js';
import { COUPON_STREAMS, isCouponEvent } from './coupon-aggregate.js';

const couponDocument = z.object({
  couponId: z.string(),
  name: z.string(),
  quantity: z.number(),
  issued: z.number(),
  discount: z.object({ kind: z.enum(['AMOUNT', 'PERCENT']), value: z.number() }),
  opensAt: z.number().nullable(),
  /** Giving out ends. */
  closesAt: z.number().nullable(),
  /** Using ends; absent: with giving out. */
  usableUntil: z.number().nullable().exactOptional(),
  eventId: z.string().nullable(),
  /** Absent: never. */
  challenge: challengePolicy.exactOptional(),
  sale: z.enum(['Waiting', 'Open', 'Closed']),
  /** When the event it is tied to ended the sale; absent: it has not. */
  saleEndedAt: z.number().exactOptional(),
  paused: z.boolean(),
  createdAt: z.number(),
  /** Of the coupon's stream: the last event counted here. */
  revision: z.number(),
});

/** A coupon's terms and how many have been issued. Times are epoch milliseconds. */
export type CouponDocument = z.infer<typeof couponDocument>;

/** When using a coupon ends; null: never. */
export const usableUntilOf = ({ closesAt, usableUntil = closesAt }: CouponDocument): number | null => usableUntil;

/** Whether giving it out ended at `time` or before, by its own terms or with the event it is tied to. */
export const wasClosedBy = (time: number, { closesAt, saleEndedAt = Infinity }: CouponDocument): boolean =>
  Math.min(closesAt ?? Infinity, saleEndedAt) <= time;

const apply = (coupon: CouponDocument | null, event: CouponEvent, revision: number): CouponDocument | null => {
  if (event.type === 'CouponCreated') {
    const { type: _, at, ...terms } = event;
    return {
      ...terms,
      issued: 0,
      sale: event.eventId === null ? 'Open' : 'Waiting',
      paused: false,
      createdAt: at,
      revision,
    };
  }
  if (coupon === null) return null;
  switch (event.type) {
    case 'CouponIssued':
      return { ...coupon, issued: coupon.issued + 1, revision };
    case 'CouponPaused':
      return { ...coupon, paused: true, revision };
    case 'CouponResumed':
      return { ...coupon, paused: false, revision };
    case 'CouponQuantityChanged':
      return { ...coupon, quantity: event.quantity, revision };
    case 'CouponTermsChanged':
      return { ...coupon, ...termsIn(event), revision };
    case 'CouponSaleOpened':
      return { ...coupon, sale: 'Open', revision };
    case 'CouponSaleClosed':
      return { ...coupon, sale: 'Closed', saleEndedAt: event.at, revision };
  }
};

/** By couponId; index `all` in order of creation, index `by-event` those tied to an event. */
export const couponsView: View<CouponDocument> = {
  name: 'coupons',
  version: 3,
  schema: couponDocument,
  // Events of the shop change no document, but move the checkpoint at once: the process that tells coupons of an opening waits for it.
  streamPrefixes: [COUPON_STREAMS, EVENT_STREAMS],
  documentIds: ({ event }) => (isCouponEvent(event) ? [event.couponId] : []),
  creates: ({ event }) => event.type === 'CouponCreated',
  fold: (coupon, { event, revision }) => (isCouponEvent(event) ? apply(coupon, event, revision) : coupon),
  entries: ({ eventId, createdAt }) => [
    { index: 'all', key: 'all', sort: createdAt },
    ...(eventId === null ? [] : [{ index: 'by-event', key: eventId, sort: createdAt }]),
  ],
};
