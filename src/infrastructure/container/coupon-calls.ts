import { either as E, function as F, taskEither as TE } from 'fp-ts';
import { type CouponUseCases, type CouponView, type OperateError, type Until } from '../../adapters/http/use-cases.js';
import { type ChallengeOfCoupon } from '../../application/coupon/challenge-of-coupon.js';
import { type CouponById, type CouponSeen, statusAt } from '../../application/coupon/coupon-by-id.js';
import { type CouponsOfUser } from '../../application/coupon/coupons-of-user.js';
import { type CouponToCreate, type CreateCoupon } from '../../application/coupon/create-coupon.js';
import { type IssueStatus, type IssueStatusError, type RequestAsked } from '../../application/coupon/request-status.js';
import { type IssueStatusOfUser } from '../../application/coupon/issue-status-of.js';
import {
  type ChangeQuantity,
  type ChangeTerms,
  type Operation,
  type OperateCouponError,
  type PauseCoupon,
} from '../../application/coupon/operate-coupon.js';
import { type RequestGatedCoupon } from '../../application/coupon/request-gated-coupon.js';
import { type CouponDocument } from '../../application/coupon/coupons.js';
import { type Clock } from '../../application/ports/clock.js';
import { noChallenge } from '../../domain/challenge-policy.js';

export interface CouponCallPorts {
  readonly clock: Clock;
  readonly requestCoupon: RequestGatedCoupon;
  readonly createCoupon: CreateCoupon;
  readonly challengeOfCoupon: ChallengeOfCoupon;
  readonly couponById: CouponById;
  readonly couponsOfUser: CouponsOfUser;
  readonly pauseCoupon: PauseCoupon;
  readonly resumeCoupon: PauseCoupon;
  readonly changeQuantity: ChangeQuantity;
  readonly changeTerms: ChangeTerms;
  readonly issueStatus: (asked: RequestAsked, until: Until) => TE.TaskEither<IssueStatusError, IssueStatus>;
  readonly issueStatusOf: (
    couponId: string,
    userId: string,
    until: Until,
  ) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, IssueStatusOfUser>;
}

const AT_ONCE: Until = { waitMs: 0, signal: new AbortController().signal };

const shown = ({ createdAt: _, revision: __, ...coupon }: CouponSeen): CouponView => coupon;

const operateError = (error: OperateCouponError): OperateError => {
  switch (error.code) {
    case 'OUTCOME_UNKNOWN':
      return error;
    case 'COUPON_NOT_FOUND':
    case 'QUANTITY_BELOW_ISSUED':
    case 'REQUEST_ID_REUSED':
    case 'INVALID_WINDOW':
    case 'OVERLOADED':
      return { code: error.code };
    default:
      return { code: 'UNAVAILABLE' };
  }
};

/** A coupon that was just created, should no query see it yet. */
const asCreated = (couponId: string, { correlationId: _, ...terms }: CouponToCreate, now: number): CouponView => {
  const sale: CouponDocument['sale'] = terms.eventId === null ? 'Open' : 'Waiting';
  const { usableUntil = terms.closesAt, challenge = noChallenge } = terms;
  const coupon = { ...terms, usableUntil, challenge, couponId, issued: 0, createdAt: now, revision: 0 };
  return shown({ ...coupon, remaining: coupon.quantity, status: statusAt(now, { ...coupon, sale, paused: false }) });
};

/** The use cases of coupons as HTTP calls them: one call, one answer. */
export const couponCalls = (ports: CouponCallPorts): CouponUseCases => {
  const { clock, requestCoupon, createCoupon, couponById, couponsOfUser } = ports;
  const seen = F.flow(couponById, TE.map(shown));
  const operated =
    <O extends Operation>(operate: (operation: O) => ReturnType<PauseCoupon>) =>
    (operation: O): TE.TaskEither<OperateError, CouponView> =>
      F.pipe(
        operate(operation),
        TE.mapLeft(operateError),
        TE.flatMap(() => seen(operation.couponId)),
      );
  return {
    requestCoupon,
    challengeOfCoupon: ports.challengeOfCoupon,
    couponById: seen,
    couponsOfUser,
    createCoupon: (coupon) => async () => {
      const created = await createCoupon(coupon)();
      if (E.isLeft(created)) return created;
      const { couponId } = created.right;
      const visible = await seen(couponId)();
      return E.right(E.isRight(visible) ? visible.right : asCreated(couponId, coupon, clock.now()));
    },
    pauseCoupon: operated(ports.pauseCoupon),
    resumeCoupon: operated(ports.resumeCoupon),
    changeQuantity: operated(ports.changeQuantity),
    changeTerms: operated(ports.changeTerms),
    issueStatus: (asked, until = AT_ONCE) =>
      F.pipe(
        ports.issueStatus(asked, until),
        TE.map(({ userId, processedAt, ...status }) => ({
          ...status,
          ...(userId !== null && { userId }),
          ...(processedAt !== null && { processedAt }),
        })),
      ),
    issueStatusOf: ({ couponId, userId }, until = AT_ONCE) => ports.issueStatusOf(couponId, userId, until),
  };
};
