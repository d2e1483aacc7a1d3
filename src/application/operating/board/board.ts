import { type ProductSeen } from '../../checkout/stock/product-by-id.js';
import { type CouponSeen } from '../../coupon/coupon-by-id.js';
import { type EventSeen } from '../../shop-event/events.js';
import { type ScheduleSeen } from '../../waiting-room/schedule-by-id.js';

/*
 * What an operator sees of a running sale. Everything stands under a key, so that a change can be told without the rest,
 * and what is not known is absent, never null. Times are ISO-8601, durations milliseconds, rates a second.
 */

export interface CouponOnBoard extends Pick<
  CouponSeen,
  'name' | 'status' | 'quantity' | 'issued' | 'remaining' | 'discount' | 'challenge'
> {
  readonly createdAt: string;
  readonly opensAt?: string;
  readonly closesAt?: string;
  readonly usableUntil?: string;
  readonly eventId?: string;
}

export interface EventOnBoard extends Pick<EventSeen, 'name' | 'status'> {
  readonly opensAt: string;
  readonly openedAt?: string;
  readonly scheduleId?: string;
}

export interface ScheduleOnBoard extends Pick<
  ScheduleSeen,
  'activeLimit' | 'activeTtlSeconds' | 'challenge' | 'active' | 'waiting'
> {
  readonly admitPerSecond?: number;
  readonly activationsPerSecond?: number;
}

export interface ProductOnBoard extends Pick<
  ProductSeen,
  'name' | 'status' | 'price' | 'onHand' | 'held' | 'available' | 'challenge'
> {
  readonly createdAt: string;
  readonly eventId?: string;
  readonly maxPerUser?: number;
  readonly maxOpenHolds?: number;
  readonly pauseAfterExpirySeconds?: number;
}

type ById<A> = Readonly<Record<string, A>>;

export interface ShopOnBoard {
  readonly coupons: ById<CouponOnBoard>;
  readonly events: ById<EventOnBoard>;
  readonly schedules: ById<ScheduleOnBoard>;
  readonly products: ById<ProductOnBoard>;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The parts of a request's way that are timed. */
export type MeasuredWay = 'accept' | 'decide' | 'visible' | 'http';

export interface Figures {
  /** A second, over the last two: requests for coupons of all processes; absent until it was looked at twice. */
  readonly rates: { readonly accepted?: number; readonly decided?: number; readonly visible?: number };
  /** Answers to requests for coupons in the last minute, by code, as this process gave them. */
  readonly answers: ById<number>;
  /** All answers of this process in the last minute, by HTTP status. */
  readonly statuses: ById<number>;
  /** Of the last minute, in this process; absent where nothing was measured. */
  readonly latency: { readonly [Way in MeasuredWay]?: Percentiles };
}

export interface ViewOnBoard {
  readonly state: 'LIVE' | 'BEHIND' | 'STUCK' | 'NOT_BUILT';
  readonly events: number;
  readonly ageMs: number;
}

export interface HealthOnBoard {
  readonly engines: ById<'ok' | 'degraded' | 'down'>;
  readonly views: ById<ViewOnBoard>;
  /** Requests for coupons, by topic, that are accepted and not decided. */
  readonly undecided: ById<{ readonly messages: number; readonly ageMs: number }>;
  /** Each counted up to 1,000. */
  readonly repair: { readonly deadLetters: number; readonly parkedOrders: number; readonly parkedStreams: number };
}

export interface Alarm {
  readonly kind:
    | 'ENGINE_DOWN'
    | 'ENGINE_DEGRADED'
    | 'DISK'
    | 'VIEW_STUCK'
    | 'VIEW_BEHIND'
    | 'REQUESTS_WAIT'
    | 'DEAD_LETTERS'
    | 'PARKED_ORDERS'
    | 'PARKED_STREAMS'
    | 'NOT_READ';
  readonly severity: 'critical' | 'warning';
  /** What it is about: an engine, a view, a topic, a part of this board. */
  readonly subject?: string;
  readonly count?: number;
  readonly ageMs?: number;
}

export interface Board extends ShopOnBoard, Figures, HealthOnBoard {
  readonly at: string;
  readonly alarms: ById<Alarm>;
}

/** The rates at one look, for a line over time. */
export type BoardPoint = readonly [at: string, accepted: number, decided: number, visible: number, undecided: number];

export const emptyShop: ShopOnBoard = { coupons: {}, events: {}, schedules: {}, products: {} };

export const unknownHealth: HealthOnBoard = {
  engines: {},
  views: {},
  undecided: {},
  repair: { deadLetters: 0, parkedOrders: 0, parkedStreams: 0 },
};
