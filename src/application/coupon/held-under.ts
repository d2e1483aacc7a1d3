import { array as A, option as O, taskEither as TE } from 'fp-ts';
import { type LiveReader } from '../kernel/projection/live-reader.js';
import { type IssueStatus, type RequestAsked } from './request-status.js';
import { couponsOf, type UserCoupon, userCouponId, userCouponsView } from './user-coupons.js';

const issued = ({ requestId, couponId, userId, place, issuedAt }: UserCoupon): IssueStatus => ({
  requestId,
  couponId,
  userId,
  status: 'SUCCESS',
  place,
  processedAt: issuedAt,
});

/**
 * The request that gave a user a coupon, found with the coupon itself: an answer is dropped some time after the coupon closed,
 * who holds it never is.
 */
export const heldUnder =
  (reader: Pick<LiveReader, 'get' | 'within'>) =>
  ({
    requestId,
    couponId,
    userId,
  }: RequestAsked & { readonly userId: string }): TE.TaskEither<'ReadModelsUnavailable', O.Option<IssueStatus>> => {
    const held: TE.TaskEither<'ReadModelsUnavailable', ReadonlyArray<UserCoupon>> = couponId === undefined
      ? reader.within(userCouponsView, couponsOf(userId))
      : TE.map((found: O.Option<UserCoupon>) => A.fromOption(found))(
          reader.get(userCouponsView, userCouponId(userId, couponId)),
        );
    return TE.map((coupons: ReadonlyArray<UserCoupon>) =>
      O.map(issued)(O.fromNullable(coupons.find((each) => each.requestId === requestId))),
    )(held);
  };
