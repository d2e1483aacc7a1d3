import { either as E } from 'fp-ts';
import { type OrderCreated, type OrderLine } from '../../../domain/order/events.js';
import { type HandleDelivery } from '../delivery/delivery-aggregate.js';
import { type HandleIssuedCoupon } from '../issued-coupon/issued-coupon-aggregate.js';
import { type HandleOrder } from '../order/order-aggregate.js';
import { type HandlePoints } from '../points/points-aggregate.js';
import { type Clock } from '../../ports/clock.js';
import { type AskStock } from '../stock/ask-stock.js';
import { completeVisits, type CompleteVisitsPorts } from './complete-visits.js';
import { askedOf, done, handled, type Step, together, waits } from './step.js';

export interface OrderStepsPorts extends CompleteVisitsPorts {
  readonly stock: AskStock;
  readonly handleOrder: HandleOrder;
  readonly handlePoints: HandlePoints;
  readonly handleDelivery: HandleDelivery;
  readonly handleIssuedCoupon: HandleIssuedCoupon;
  readonly clock: Clock;
}

/** A hold taken again for goods that are paid: it only has to last until they are deducted. */
const AGAIN_MS = 60_000;

/** What a paid order and an ended one entail, step by step. */
export const orderSteps = ({ stock, clock, ...handle }: OrderStepsPorts) => {
  const deductLine =
    (
      { orderId, userId }: Pick<OrderCreated, 'orderId' | 'userId'>,
      { productId, quantity }: Pick<OrderLine, 'productId' | 'quantity'>,
      correlationId: string,
    ): Step =>
    async () => {
      const line = { productId, orderId };
      const deducted = await stock.deduct(line, correlationId)();
      if (E.isRight(deducted)) return done;
      if (deducted.left.code !== 'REJECTED' || deducted.left.rejection !== 'NOT_HELD')
        return askedOf('DEDUCT_STOCK', deducted.left);
      // The hold is gone, the goods perhaps are not.
      const again = { userId, quantity, expiresAt: clock.now() + AGAIN_MS, again: true };
      const reserved = await stock.reserve({ ...line, ...again }, correlationId)();
      if (E.isLeft(reserved)) return askedOf('DEDUCT_STOCK', reserved.left);
      const second = await stock.deduct(line, correlationId)();
      return E.isLeft(second) ? askedOf('DEDUCT_STOCK', second.left) : done;
    };

  const fulfil = (order: OrderCreated, correlationId: string): ReadonlyArray<Step> => {
    const { orderId, userId, lines, points, shipping } = order;
    const at = clock.now();
    return [
      ...lines.map((line) => deductLine(order, line, correlationId)),
      ...(points === 0
        ? []
        : [
            handled('DEDUCT_POINTS', handle.handlePoints({ type: 'DeductPoints', userId, orderId, at }, correlationId)),
          ]),
      handled(
        'CREATE_DELIVERY',
        handle.handleDelivery({ type: 'CreateDelivery', orderId, userId, shipping, at }, correlationId),
      ),
    ];
  };

  const restoreLine =
    (orderId: string, productId: string, correlationId: string): Step =>
    async () => {
      const told = await stock.tell({ eventType: 'STOCK_RESTORE', productId, orderId }, correlationId)();
      return E.isLeft(told) ? waits('RESTORE_STOCK', told.left) : done;
    };

  const giveBack = ({ orderId, userId, lines, points, couponId }: OrderCreated, correlationId: string): Step => {
    const at = clock.now();
    const back = { userId, orderId, at };
    return together([
      ...lines.map(({ productId }) => restoreLine(orderId, productId, correlationId)),
      ...(points === 0
        ? []
        : [handled('RETURN_POINTS', handle.handlePoints({ type: 'ReturnPoints', ...back }, correlationId))]),
      ...(couponId === null
        ? []
        : [
            handled(
              'RESTORE_COUPON',
              handle.handleIssuedCoupon({ type: 'RestoreCoupon', couponId, ...back }, correlationId),
            ),
          ]),
    ]);
  };

  return {
    fulfil,
    giveBack,
    confirm: (orderId: string, correlationId: string): Step =>
      handled('CONFIRM_ORDER', handle.handleOrder({ type: 'ConfirmOrder', orderId, at: clock.now() }, correlationId)),
    completeVisits: completeVisits(handle),
    cancelDelivery: (orderId: string, correlationId: string): Step =>
      handled(
        'CANCEL_DELIVERY',
        handle.handleDelivery({ type: 'CancelDelivery', orderId, at: clock.now() }, correlationId),
      ),
    ship: (orderId: string, correlationId: string): Step =>
      handled(
        'SHIP_DELIVERY',
        handle.handleDelivery({ type: 'ShipDelivery', orderId, at: clock.now() }, correlationId),
      ),
    complete: (orderId: string, correlationId: string): Step =>
      handled(
        'COMPLETE_DELIVERY',
        handle.handleDelivery({ type: 'CompleteDelivery', orderId, at: clock.now() }, correlationId),
      ),
  };
};

export type OrderSteps = ReturnType<typeof orderSteps>;
