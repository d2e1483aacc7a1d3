import { either as E, type taskEither as TE } from 'fp-ts';
import { type OrderCreated } from '../../../domain/order/events.js';
import { type HandleIssuedCoupon } from '../issued-coupon/issued-coupon-aggregate.js';
import { type SecureGoods } from '../payment/secure-goods.js';
import { type HandlePoints } from '../points/points-aggregate.js';
import { type Clock } from '../../ports/clock.js';

export interface TakeAgainPorts {
  readonly secureGoods: SecureGoods;
  readonly handlePoints: HandlePoints;
  readonly handleIssuedCoupon: HandleIssuedCoupon;
  readonly clock: Clock;
}

/** Everything an expired order gave back, taken once more for a payment that came late. */
export type TakeAgain = (order: OrderCreated, correlationId: string) => TE.TaskEither<'Unavailable', 'Taken' | 'Gone'>;

const AGAIN_MS = 60_000;

/** Should it be 'Gone', what was taken on the way is given back by whoever asked. */
export const takeAgain =
  ({ secureGoods, handlePoints, handleIssuedCoupon, clock }: TakeAgainPorts): TakeAgain =>
  (order, correlationId) =>
  async () => {
    const { orderId, userId, couponId, points } = order;
    const at = clock.now();
    const expiresAt = at + AGAIN_MS;
    const use = { userId, orderId, expiresAt, again: true, at };
    const goods = await secureGoods(order, expiresAt, correlationId)();
    if (E.isLeft(goods) || goods.right === 'Gone') return E.isLeft(goods) ? goods : E.right('Gone');
    if (couponId !== null) {
      const redeemed = await handleIssuedCoupon({ type: 'RedeemCoupon', couponId, ...use }, correlationId)();
      if (E.isLeft(redeemed)) return redeemed.left.error === 'Rejected' ? E.right('Gone') : E.left('Unavailable');
    }
    if (points > 0) {
      const reserved = await handlePoints({ type: 'ReservePoints', amount: points, ...use }, correlationId)();
      if (E.isLeft(reserved)) return reserved.left.error === 'Rejected' ? E.right('Gone') : E.left('Unavailable');
    }
    return E.right('Taken');
  };
