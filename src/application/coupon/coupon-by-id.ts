import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type ChallengePolicy, noChallenge } from '../../domain/challenge-policy.js';
import { isOver } from '../../domain/coupon/coupon.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type CouponDocument, couponsView, usableUntilOf } from './coupons.js';
import { type Ports } from '../ports/ports.js';

export type CouponStatus = 'SCHEDULED' | 'OPEN' | 'PAUSED' | 'SOLD_OUT' | 'CLOSED';

/** Times are epoch milliseconds. */
export interface CouponSeen extends Omit<
  CouponDocument,
  'paused' | 'sale' | 'saleEndedAt' | 'usableUntil' | 'challenge'
> {
  /** When using it ends; null: never. */
  readonly usableUntil: number | null;
  readonly challenge: ChallengePolicy;
  readonly remaining: number;
  readonly status: CouponStatus;
}

export type CouponByIdError = { readonly code: 'COUPON_NOT_FOUND' | 'UNAVAILABLE' };

export type CouponById = (couponId: string) => TE.TaskEither<CouponByIdError, CouponSeen>;

/** In the order in which a request would be turned away. */
const statusAt = (now: number, coupon: CouponDocument): CouponStatus => {
  if ((coupon.opensAt !== null && now < coupon.opensAt) || coupon.sale === 'Waiting') return 'SCHEDULED';
  if (isOver(coupon, now) || coupon.sale === 'Closed') return 'CLOSED';
  if (coupon.paused) return 'PAUSED';
  return coupon.issued >= coupon.quantity ? 'SOLD_OUT' : 'OPEN';
};

/** A coupon as it stands at a moment. */
export const couponAt =
  (now: number) =>
  ({ paused, sale, saleEndedAt: _, ...coupon }: CouponDocument): CouponSeen => ({
    ...coupon,
    usableUntil: usableUntilOf({ paused, sale, ...coupon }),
    challenge: coupon.challenge ?? noChallenge,
    remaining: Math.max(0, coupon.quantity - coupon.issued),
    status: statusAt(now, { paused, sale, ...coupon }),
  });

/** A coupon as it stands now. */
export const couponById = ({ readModels, clock }: Pick<Ports, 'readModels' | 'clock'>): CouponById => {
  const reader = liveReader(readModels);
  return (couponId) => async () => {
    const found = await reader.get(couponsView, couponId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isNone(found.right)) return E.left({ code: 'COUPON_NOT_FOUND' });
    return E.right(couponAt(clock.now())(found.right.value));
  };
};
