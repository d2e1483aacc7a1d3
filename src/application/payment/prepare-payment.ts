import { either as E, type taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Ids } from '../ports/ids.js';
import { type HandleOrder } from '../order/order-aggregate.js';
import { type Books } from './books.js';
import { type HandlePayment } from './payment-aggregate.js';

export interface PaymentToPrepare {
  readonly orderId: string;
  readonly userId: string;
  /** What the payer believes the order costs, in the currency's smallest unit. */
  readonly amount: number;
  readonly correlationId: string;
}

export interface PreparedPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly status: 'PENDING';
  /** Epoch milliseconds: until then the goods wait. */
  readonly holdExpiresAt: number;
}

export type PreparePaymentError =
  | { readonly code: 'ORDER_NOT_FOUND' | 'NOT_ORDERER' | 'UNAVAILABLE' }
  /** It is paid, or over, or a payment is under way whose outcome is not known. */
  | { readonly code: 'NOT_PAYABLE'; readonly orderStatus: string }
  | { readonly code: 'AMOUNT_MISMATCH'; readonly total: number };

/** Binds order, payer, amount and deadline. Asked again while nothing has been charged, it answers with the same payment. */
export type PreparePayment = (request: PaymentToPrepare) => TE.TaskEither<PreparePaymentError, PreparedPayment>;

export interface PreparePaymentPorts {
  readonly books: Books;
  readonly handlePayment: HandlePayment;
  readonly handleOrder: HandleOrder;
  readonly clock: Clock;
  readonly ids: Ids;
}

const unavailable = E.left({ code: 'UNAVAILABLE' } as const);

export const preparePayment =
  ({ books, handlePayment, handleOrder, clock, ids }: PreparePaymentPorts): PreparePayment =>
  ({ orderId, userId, amount, correlationId }) =>
  async () => {
    const found = await books.order(orderId)();
    if (E.isLeft(found)) return unavailable;
    const order = found.right;
    if (order.status === 'Unknown') return E.left({ code: 'ORDER_NOT_FOUND' });
    const { total, holdExpiresAt } = order.placed;
    if (order.placed.userId !== userId) return E.left({ code: 'NOT_ORDERER' });
    const notPayable = E.left({ code: 'NOT_PAYABLE', orderStatus: order.status } as const);
    if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return notPayable;
    if (clock.now() >= holdExpiresAt) return notPayable;
    if (total !== amount) return E.left({ code: 'AMOUNT_MISMATCH', total });

    const prepared = (paymentId: string) =>
      E.right({ paymentId, orderId, amount, status: 'PENDING', holdExpiresAt } as const);
    if (order.paymentId !== null) {
      const before = await books.payment(order.paymentId)();
      if (E.isLeft(before)) return unavailable;
      if (before.right.status === 'PENDING') return prepared(order.paymentId);
      // It may have charged: a second one could charge twice.
      if (before.right.status !== 'DECLINED') return notPayable;
    }
    const paymentId = ids.next();
    const at = clock.now();
    const fact = { paymentId, orderId, userId, amount, at };
    const recorded = await handlePayment({ type: 'PreparePayment', ...fact }, correlationId)();
    if (E.isLeft(recorded)) return unavailable;
    const awaiting = await handleOrder({ type: 'AwaitPayment', orderId, paymentId, at }, correlationId)();
    if (E.isRight(awaiting)) return prepared(paymentId);
    return awaiting.left.error === 'Rejected' ? notPayable : unavailable;
  };
