import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { noChallenge } from '../../domain/challenge-policy.js';
import { recentPolicy, type Scarce } from '../kernel/challenge/recent-policy.js';
import { type Clock } from '../ports/clock.js';
import { type OpeningOfEvent } from '../shop-event/opening-of-event.js';
import { type CouponById } from './coupon-by-id.js';

export type CouponChallenge =
  | { readonly demands: 'Challenge'; readonly scarce: Scarce }
  /** Not on sale now, so no challenge is given: one solved now would count when the sale continues. */
  | { readonly demands: 'Sale'; readonly code: 'NOT_OPEN'; readonly opensAt: number | null }
  | { readonly demands: 'Sale'; readonly code: 'PAUSED' };

/** What a request for a coupon must show; null for nothing. */
export type ChallengeOfCoupon = (couponId: string) => Promise<CouponChallenge | null>;

export interface ChallengeOfCouponPorts {
  readonly couponById: CouponById;
  readonly openingOf: OpeningOfEvent;
  readonly clock: Pick<Clock, 'elapsed' | 'wakeIn'>;
}

export const challengeOfCoupon = ({ couponById, openingOf, clock }: ChallengeOfCouponPorts): ChallengeOfCoupon => {
  const policyOf = recentPolicy(
    F.flow(
      couponById,
      TE.map(({ challenge }) => O.some(challenge)),
      TE.orElse((error) => (error.code === 'COUPON_NOT_FOUND' ? TE.right(O.none) : TE.left(error))),
    ),
    clock,
  );
  return async (couponId) => {
    const policy = await policyOf(couponId);
    if (policy === noChallenge) return null;
    const what = `coupon/${couponId}`;
    const found = await couponById(couponId)();
    if (E.isLeft(found)) return { demands: 'Challenge', scarce: { what, policy } };
    const { status, opensAt, eventId, challenge } = found.right;
    if (challenge === noChallenge) return null;
    switch (status) {
      case 'OPEN':
        return { demands: 'Challenge', scarce: { what, policy: challenge } };
      case 'SCHEDULED':
        return { demands: 'Sale', code: 'NOT_OPEN', opensAt: opensAt ?? (await openingOf(eventId)) };
      case 'PAUSED':
        return { demands: 'Sale', code: 'PAUSED' };
      // It is over: nobody needs to solve a challenge to learn that.
      case 'SOLD_OUT':
      case 'CLOSED':
        return null;
    }
  };
};
