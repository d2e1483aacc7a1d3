import { either as E } from 'fp-ts';
import { type OrderTerms } from '../../../domain/order/events.js';
import { isPlaced, type Order } from '../../../domain/order/order.js';
import { takenFor } from '../../../domain/order/taken-for.js';
import { type HandleIssuedCoupon } from '../../coupon/issued-coupon-aggregate.js';
import { type HandlingError } from '../../kernel/writer/load-decide-append.js';
import { type Clock } from '../../ports/clock.js';
import { type HandlePoints } from '../aggregates/points-aggregate.js';
import { type Carried, type Change, type StepError, type StepName, waits, withClaims, withRefused } from './run.js';

export interface CouponAndPointsPorts {
  readonly handleIssuedCoupon: HandleIssuedCoupon;
  readonly handlePoints: HandlePoints;
  readonly clock: Clock;
}

const carried = (
  step: StepName,
  what: 'coupon' | 'points',
  handled: E.Either<HandlingError<string>, unknown>,
  change: Change,
): E.Either<StepError, Change> => {
  if (E.isRight(handled)) return E.right(change);
  const { left } = handled;
  return left.error === 'Rejected' ? E.right(withRefused(what, left.rejection)) : waits(step, left.error);
};

/** Of an attempt that was refused, only what that attempt took; of an order that is over, only what it had until now. */
const whatIsOver = (order: Order) => (isPlaced(order) ? { latePayments: order.latePayments } : takenFor(order));

/** Both belong to the user, in one stream each, so that two orders of the user cannot take the same. */
export const couponAndPointsActions = ({ handleIssuedCoupon, handlePoints, clock }: CouponAndPointsPorts) => ({
  redeem: async (terms: OrderTerms, order: Order, correlationId: string): Carried => {
    const { couponId, userId, orderId, holdExpiresAt: expiresAt } = terms;
    if (couponId === null) return E.right(withClaims({ coupon: 'NotNeeded' }));
    const use = { couponId, userId, orderId, expiresAt, ...takenFor(order), at: clock.now() };
    const redeemed = await handleIssuedCoupon({ type: 'RedeemCoupon', ...use }, correlationId)();
    return carried('REDEEM_COUPON', 'coupon', redeemed, withClaims({ coupon: 'Taken' }));
  },
  reserve: async (terms: OrderTerms, order: Order, correlationId: string): Carried => {
    const { userId, orderId, points: amount, holdExpiresAt: expiresAt } = terms;
    const use = { userId, orderId, amount, expiresAt, ...takenFor(order), at: clock.now() };
    const reserved = await handlePoints({ type: 'ReservePoints', ...use }, correlationId)();
    return carried('RESERVE_POINTS', 'points', reserved, withClaims({ points: 'Taken' }));
  },
  deduct: async ({ userId, orderId }: OrderTerms, correlationId: string): Carried => {
    const command = { type: 'DeductPoints', userId, orderId, at: clock.now() } as const;
    const deducted = await handlePoints(command, correlationId)();
    return carried('DEDUCT_POINTS', 'points', deducted, withClaims({ points: 'Kept' }));
  },
  giveBackPoints: async ({ userId, orderId }: OrderTerms, order: Order, correlationId: string): Carried => {
    const back = { userId, orderId, ...whatIsOver(order), at: clock.now() };
    const returned = await handlePoints({ type: 'ReturnPoints', ...back }, correlationId)();
    return carried('RETURN_POINTS', 'points', returned, withClaims({ points: 'GivenBack' }));
  },
  giveBackCoupon: async (terms: OrderTerms, order: Order, correlationId: string): Carried => {
    const { couponId, userId, orderId } = terms;
    if (couponId === null) return E.right(withClaims({ coupon: 'NotNeeded' }));
    const back = { couponId, userId, orderId, ...whatIsOver(order), at: clock.now() };
    const restored = await handleIssuedCoupon({ type: 'RestoreCoupon', ...back }, correlationId)();
    return carried('RESTORE_COUPON', 'coupon', restored, withClaims({ coupon: 'GivenBack' }));
  },
});
