import { either as E } from 'fp-ts';
import { type PlacedOrder } from '../../../domain/order/order.js';
import { settlePayment } from '../../../domain/order/settle-payment.js';
import { type HandleOrder } from '../order/order-aggregate.js';
import { type Books } from '../payment/books.js';
import { type HandlePayment } from '../payment/payment-aggregate.js';
import { type RefundPayment } from '../payment/refund-payment.js';
import { type Clock } from '../../ports/clock.js';
import { done, handled, type Step, type StepError, waits } from './step.js';
import { type TakeAgain } from './take-again.js';

export interface SettlePaymentsPorts {
  readonly books: Books;
  readonly handleOrder: HandleOrder;
  readonly handlePayment: HandlePayment;
  readonly refund: RefundPayment;
  readonly takeAgain: TakeAgain;
  readonly clock: Clock;
  readonly declinesAllowed: number;
}

/**
 * Sees to it that charged money pays the order or goes back. Refusing is written into the order before anything is given
 * back: of paying late and giving back, exactly one can stand there.
 */
export const settlePayments = (ports: SettlePaymentsPorts) => {
  const { books, handleOrder, handlePayment, clock } = ports;

  const refuse = async (
    orderId: string,
    paymentId: string,
    correlationId: string,
  ): Promise<E.Either<StepError, void>> => {
    const at = clock.now();
    const refusal = { type: 'RefusePayment', orderId, paymentId, reason: 'ORDER_CANNOT_BE_PAID', at } as const;
    const refused = await handled('SETTLE_PAYMENT', handleOrder(refusal, correlationId))();
    if (E.isLeft(refused)) return refused;
    const request = { type: 'RequestRefund', paymentId, reason: 'ORDER_CANNOT_BE_PAID', at } as const;
    const requested = await handled('SETTLE_PAYMENT', handlePayment(request, correlationId))();
    // The gateway may be away: its own deadline sees to it then.
    if (E.isRight(requested)) await ports.refund(paymentId, correlationId)();
    return requested;
  };

  const pay = (orderId: string, paymentId: string, late: boolean, correlationId: string): Step =>
    handled(
      'SETTLE_PAYMENT',
      handleOrder({ type: 'PayOrder', orderId, paymentId, late, at: clock.now() }, correlationId),
    );

  const settle = async (
    order: PlacedOrder,
    paymentId: string,
    correlationId: string,
  ): Promise<E.Either<StepError, void>> => {
    const { orderId } = order.placed;
    const payment = await books.payment(paymentId)();
    if (E.isLeft(payment)) return waits('SETTLE_PAYMENT', payment.left);
    switch (settlePayment(order, payment.right, ports.declinesAllowed)) {
      case 'NOTHING':
        return done;
      case 'PAY_ORDER':
        return pay(orderId, paymentId, false, correlationId)();
      case 'REFUSE':
        return refuse(orderId, paymentId, correlationId);
      case 'FAIL_ORDER': {
        const failure = { type: 'FailOrder', orderId, reason: 'PAYMENT_DECLINED', at: clock.now() } as const;
        return handled('SETTLE_PAYMENT', handleOrder(failure, correlationId))();
      }
      case 'TRY_AGAIN': {
        const taken = await ports.takeAgain(order.placed, correlationId)();
        if (E.isLeft(taken)) return waits('SETTLE_PAYMENT', taken.left);
        return taken.right === 'Taken'
          ? pay(orderId, paymentId, true, correlationId)()
          : refuse(orderId, paymentId, correlationId);
      }
    }
  };

  /** One after the other: the first that pays the order decides about the rest. */
  return ({ placed: { orderId }, payments }: PlacedOrder, correlationId: string): Step =>
    async () => {
      for (const paymentId of payments) {
        const order = await books.order(orderId)();
        if (E.isLeft(order)) return waits('SETTLE_PAYMENT', order.left);
        if (order.right.status === 'Unknown') return done;
        const settled = await settle(order.right, paymentId, correlationId);
        if (E.isLeft(settled)) return settled;
      }
      return done;
    };
};

export type SettlePayments = ReturnType<typeof settlePayments>;
