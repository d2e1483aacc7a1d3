import { either as E } from 'fp-ts';
import { type Books } from '../payment/books.js';
import { type OrderSteps } from './order-steps.js';
import { type SettlePayments } from './settle-payments.js';
import { done, type Step, together, waits } from './step.js';

export interface SettleOrderPorts {
  readonly books: Books;
  readonly payments: SettlePayments;
  readonly steps: OrderSteps;
}

/**
 * Brings everything an order entails in line with what the order is: money, goods, points, coupon, delivery. It looks at
 * the order as it stands, not at what happened to it, so that it may run too often, too late, and after a crash.
 */
export type SettleOrder = (orderId: string, correlationId: string) => Step;

export const settleOrder =
  ({ books, payments, steps }: SettleOrderPorts): SettleOrder =>
  (orderId, correlationId) =>
  async () => {
    const first = await books.order(orderId)();
    if (E.isLeft(first)) return waits('SETTLE_PAYMENT', first.left);
    let order = first.right;
    if (order.status !== 'Unknown' && order.payments.size > 0) {
      const settled = await payments(order, correlationId)();
      if (E.isLeft(settled)) return settled;
      const found = await books.order(orderId)();
      if (E.isLeft(found)) return waits('SETTLE_PAYMENT', found.left);
      order = found.right;
    }
    switch (order.status) {
      case 'Unknown':
      case 'CREATED':
      case 'PENDING_PAYMENT':
        return done;
      case 'CONFIRMED':
        return steps.completeVisits(order.placed, correlationId)();
      case 'PAID': {
        const fulfilled = await together(steps.fulfil(order.placed, correlationId))();
        if (E.isLeft(fulfilled)) {
          // Cancelled in the middle: what was refused is the consequence, and its compensation is next in line.
          const now = await books.order(orderId)();
          return E.isRight(now) && now.right.status === 'CANCELLED' ? done : fulfilled;
        }
        const confirmed = await steps.confirm(orderId, correlationId)();
        if (E.isRight(confirmed)) return steps.completeVisits(order.placed, correlationId)();
        if (confirmed.left.kind === 'Wait') return confirmed;
        const now = await books.order(orderId)();
        return E.isRight(now) && now.right.status === 'CANCELLED' ? done : confirmed;
      }
      case 'SHIPPED':
        return steps.ship(orderId, correlationId)();
      case 'DELIVERED': {
        const shipped = await steps.ship(orderId, correlationId)();
        // Delivered already: it was shipped before that.
        return E.isLeft(shipped) && shipped.left.kind === 'Wait' ? shipped : steps.complete(orderId, correlationId)();
      }
      case 'CANCELLED':
        return together([steps.giveBack(order.placed, correlationId), steps.cancelDelivery(orderId, correlationId)])();
      case 'FAILED':
        return steps.giveBack(order.placed, correlationId)();
      case 'EXPIRED':
        // Its goods come back by the deadline that ended it, for many orders at once.
        return steps.giveBack({ ...order.placed, lines: [] }, correlationId)();
    }
  };
