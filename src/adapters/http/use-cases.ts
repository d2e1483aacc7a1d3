import { type taskEither as TE } from 'fp-ts';
import { type ChallengeOfCoupon } from '../../application/coupon/challenge-of-coupon.js';
import { type CouponStatus } from '../../application/coupon/coupon-by-id.js';
import { type CouponOfUser } from '../../application/coupon/coupons-of-user.js';
import { type RequestGatedCoupon } from '../../application/coupon/request-gated-coupon.js';
import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { type Discount } from '../../domain/coupon/discount.js';
import { type ChangedTerms } from '../../domain/coupon/events.js';
import { type ChallengePolicy } from '../../domain/challenge-policy.js';

type Absent = { readonly code: 'UNAVAILABLE' };

/** Times in epoch milliseconds. */
export interface CouponView {
  readonly couponId: string;
  readonly name: string;
  readonly quantity: number;
  readonly issued: number;
  readonly remaining: number;
  readonly status: CouponStatus;
  readonly discount: Discount;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  /** When using ends; null: never. */
  readonly usableUntil: number | null;
  readonly eventId: string | null;
  readonly challenge: ChallengePolicy;
}

export interface NewCoupon {
  /** A fresh one when absent. */
  readonly couponId?: string;
  readonly name: string;
  readonly quantity: number;
  readonly discount: Discount;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  /** Null: never; absent: with giving out. */
  readonly usableUntil?: number | null;
  readonly eventId: string | null;
  /** Absent: never. */
  readonly challenge?: ChallengePolicy;
  readonly correlationId: string;
}

export type CreateCouponError =
  | Absent
  | { readonly code: 'COUPON_EXISTS' | 'INVALID_WINDOW' | 'OVERLOADED' }
  /** It may have been created: ask for `couponId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly couponId?: string };

export type CreateCoupon = (coupon: NewCoupon) => TE.TaskEither<CreateCouponError, CouponView>;

export type CouponById = (
  couponId: string,
) => TE.TaskEither<Absent | { readonly code: 'COUPON_NOT_FOUND' }, CouponView>;

export interface OperatorRequest {
  readonly couponId: string;
  readonly actor: string;
  readonly reason: string;
  /** The operator's own, if there is one; a repeated operation is then carried out once. */
  readonly requestId?: string;
  readonly correlationId: string;
}

export type OperateError =
  | Absent
  | {
      readonly code:
        'COUPON_NOT_FOUND' | 'QUANTITY_BELOW_ISSUED' | 'REQUEST_ID_REUSED' | 'INVALID_WINDOW' | 'OVERLOADED';
    }
  /** It is, or may be, in the log: repeat it with `requestId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId?: string };

export type OperateCoupon = (request: OperatorRequest) => TE.TaskEither<OperateError, CouponView>;
export type ChangeTerms = (request: OperatorRequest & ChangedTerms) => TE.TaskEither<OperateError, CouponView>;
export type ChangeQuantity = (
  request: OperatorRequest & { readonly quantity: number },
) => TE.TaskEither<OperateError, CouponView>;

export interface IssueStatusView {
  readonly requestId: string;
  readonly couponId: string;
  /** Absent where no user asked, or nobody knows who. */
  readonly userId?: string;
  readonly status: 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'ALREADY_ISSUED' | 'OUT_OF_STOCK';
  /** Why not, when it led to nothing. */
  readonly code?: RejectionCode;
  readonly place?: number;
  /** The answer before this one, which an operator had decided anew. Epoch milliseconds. */
  readonly supersedes?: { readonly code: string; readonly processedAt: number };
  /** Epoch milliseconds. */
  readonly processedAt?: number;
}

/** Until when to wait for a final answer; aborting ends the wait with what is known by then. */
export interface Until {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** A request id, and whose request of which coupon is meant, as far as the client says. */
export interface RequestAsked {
  readonly requestId: string;
  readonly couponId?: string;
  readonly userId?: string;
}

export type IssueStatus = (
  asked: RequestAsked,
  until?: Until,
) => TE.TaskEither<Absent | { readonly code: 'REQUEST_NOT_FOUND' | 'REQUEST_ID_AMBIGUOUS' }, IssueStatusView>;

export interface UserIssueStatusView {
  readonly status: 'PENDING' | 'ISSUED' | 'FAILED' | 'NOT_REQUESTED';
  readonly requestId?: string;
  /** Why not, when it FAILED. */
  readonly code?: RejectionCode;
}

export type IssueStatusOf = (
  request: { readonly couponId: string; readonly userId: string },
  until?: Until,
) => TE.TaskEither<Absent, UserIssueStatusView>;

export type CouponsOfUser = (request: {
  readonly userId: string;
  readonly cursor?: string;
  readonly limit: number;
}) => TE.TaskEither<
  Absent | { readonly code: 'INVALID_CURSOR' },
  { readonly items: ReadonlyArray<CouponOfUser>; readonly nextCursor: string | null }
>;

/** What HTTP drives of the coupons: the one list of it. */
export interface CouponUseCases {
  readonly createCoupon: CreateCoupon;
  readonly challengeOfCoupon: ChallengeOfCoupon;
  readonly requestCoupon: RequestGatedCoupon;
  readonly couponById: CouponById;
  readonly issueStatus: IssueStatus;
  readonly issueStatusOf: IssueStatusOf;
  readonly couponsOfUser: CouponsOfUser;
  readonly pauseCoupon: OperateCoupon;
  readonly resumeCoupon: OperateCoupon;
  readonly changeQuantity: ChangeQuantity;
  readonly changeTerms: ChangeTerms;
}
