import { type CouponRequestRejection } from '../coupon/decider.js';
import { type CouponOperation } from '../coupon/operation.js';
import { type Instant } from '../time.js';

export type RejectionCode =
  /** What the coupon's own rules answer. */
  | CouponRequestRejection
  /** Settled by a void: nobody could vouch for the request, and it had not arrived. */
  | 'ABANDONED'
  /** Its message could not be read, or made deciding fail. */
  | 'UNPROCESSABLE';

/** The final answer to a request that led to nothing. */
export interface CouponRequestRejected {
  readonly type: 'CouponRequestRejected';
  readonly couponId: string;
  /** Null if there is none: a request of an operator, or one whose user is not known. */
  readonly userId: string | null;
  readonly requestId: string;
  readonly code: RejectionCode;
  /** The operator who asked, and what; absent for users, for what could not be read, and in older events. */
  readonly actor?: string;
  readonly operation?: CouponOperation;
  readonly at: Instant;
}

/**
 * An answer that a request could not be processed stands no longer: an operator had its message decided anew, and now it
 * could be. What is recorded next is the request's answer.
 */
export interface CouponRejectionWithdrawn {
  readonly type: 'CouponRejectionWithdrawn';
  readonly couponId: string;
  /** Whose, as in the rejection it withdraws. */
  readonly userId: string | null;
  readonly actor?: string;
  readonly requestId: string;
  /** The dead letter that was replayed. */
  readonly deadLetterId: string;
  readonly at: Instant;
}

export type CouponRejectionEvent = CouponRequestRejected | CouponRejectionWithdrawn;
