import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { userCouponId, userCouponsView } from '../../coupon/user-coupons.js';
import { couponsView } from '../../coupon/coupons.js';
import { saleAggregate } from '../../shop-event/sale-aggregate.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { issuedCouponAggregate, issuedCouponStream } from '../../coupon/issued-coupon-aggregate.js';
import { type Clock } from '../../ports/clock.js';
import { type ReadModels } from '../../ports/read-models.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { productsView } from '../stock/views/products.js';
import { type CouponUse } from './coupon-use.js';
import { type QuotePorts } from './quote-order.js';

/** Terms come from views; whether a coupon is unused, and an event open, from their events. */
export const quotePorts = (
  ports: LoadAggregatePorts & { readonly readModels: ReadModels; readonly clock: Clock },
): QuotePorts => {
  const reader = liveReader(ports.readModels);
  const load = readAggregate(ports);
  return {
    clock: ports.clock,
    products: (ids) => reader.getMany(productsView, ids),
    couponOf: ({ userId, couponId, orderId }) =>
      F.pipe(
        TE.Do,
        TE.bindW('held', () => reader.get(userCouponsView, userCouponId(userId, couponId))),
        TE.bindW('use', () => load(issuedCouponAggregate, issuedCouponStream(couponId, userId))),
        TE.bindW('coupon', () => reader.get(couponsView, couponId)),
        TE.map(({ held, use: { state }, coupon }): CouponUse => {
          if (O.isNone(held) || O.isNone(coupon)) return { use: 'NOT_YOURS' };
          if (state.usedBy !== null && state.usedBy !== orderId) return { use: 'USED', orderId: state.usedBy };
          return { use: 'FREE', coupon: coupon.value };
        }),
      ),
    isOpen: (eventId) =>
      F.pipe(
        load(saleAggregate, `event-${eventId}`),
        TE.map(({ state }) => state.status === 'Open'),
      ),
  };
};
