import { type ChallengePolicy } from '../challenge-policy.js';
import { type Instant } from '../time.js';
import { type Discount } from './discount.js';

export interface CouponCreated {
  readonly type: 'CouponCreated';
  readonly couponId: string;
  readonly name: string;
  readonly quantity: number;
  readonly discount: Discount;
  readonly opensAt: Instant | null;
  /** Giving out ends. */
  readonly closesAt: Instant | null;
  /** Using ends; null: never. Absent, as in older events: with giving out. */
  readonly usableUntil?: Instant | null;
  /** The event whose opening this coupon waits for, if any. */
  readonly eventId: string | null;
  /** Absent: never. */
  readonly challenge?: ChallengePolicy;
  readonly at: Instant;
}

export interface CouponIssued {
  readonly type: 'CouponIssued';
  readonly couponId: string;
  readonly userId: string;
  readonly requestId: string;
  /** 1 for the first holder, without gaps. */
  readonly place: number;
  readonly at: Instant;
}

interface DecidedByOperator {
  readonly couponId: string;
  readonly requestId: string;
  readonly actor: string;
  readonly reason: string;
  readonly at: Instant;
}

export type CouponPaused = DecidedByOperator & { readonly type: 'CouponPaused' };

export type CouponResumed = DecidedByOperator & { readonly type: 'CouponResumed' };

export interface CouponQuantityChanged extends DecidedByOperator {
  readonly type: 'CouponQuantityChanged';
  readonly quantity: number;
}

/** Absent is as it was. */
export interface ChangedTerms {
  readonly name?: string;
  readonly closesAt?: Instant | null;
  readonly usableUntil?: Instant | null;
  readonly challenge?: ChallengePolicy;
}

export type CouponTermsChanged = DecidedByOperator & ChangedTerms & { readonly type: 'CouponTermsChanged' };

/** What the event a coupon is tied to has come to. */
interface DecidedByEvent {
  readonly couponId: string;
  readonly eventId: string;
  readonly requestId: string;
  readonly at: Instant;
}

export type CouponSaleOpened = DecidedByEvent & { readonly type: 'CouponSaleOpened' };

/** The event is over, or was called off: nothing is given out any more, for good. */
export type CouponSaleClosed = DecidedByEvent & { readonly type: 'CouponSaleClosed' };

export type CouponEvent =
  | CouponCreated
  | CouponIssued
  | CouponPaused
  | CouponResumed
  | CouponQuantityChanged
  | CouponTermsChanged
  | CouponSaleOpened
  | CouponSaleClosed;
