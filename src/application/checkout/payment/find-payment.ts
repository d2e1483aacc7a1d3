import { isPlaced, type Order } from '../../../domain/order/order.js';
import { type KnownPayment } from '../../../domain/payment/payment.js';
import { either as E, type taskEither as TE } from 'fp-ts';
import { paymentStanding, type PaymentStanding } from '../../../domain/order/payment-standing.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { type Patience } from '../order/find-orders.js';
import { orderAggregate, orderStream } from '../aggregates/order-aggregate.js';
import { ordersView } from '../order/views/orders.js';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { awaitOutcome, type AwaitOutcomePorts } from '../../kernel/outcome/await-outcome.js';
import { paymentAggregate, paymentStream } from '../aggregates/payment-aggregate.js';

export interface PaymentSeen {
  readonly paymentId: string;
  readonly orderId: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly status: PaymentStanding;
  /** Epoch milliseconds; null while it is not given back. */
  readonly refundedAt: number | null;
  /** Of the last event of the payment and of its order: a query that has seen it shows no less than this. */
  readonly position: Position;
}

export type FindPaymentError = { readonly code: 'PAYMENT_NOT_FOUND' | 'UNAVAILABLE' };

/** A payment and what it comes to for its order: from their events, so that it is never behind. */
export type FindPayment = (paymentId: string) => TE.TaskEither<FindPaymentError, PaymentSeen>;

/** `position`: of the last event of either. */
export const paymentSeen = (payment: KnownPayment, order: Order, position: Position): PaymentSeen => {
  const { paymentId, orderId, amount } = payment.prepared;
  const { status, refundedAt } = payment;
  const standing = isPlaced(order)
    ? paymentStanding(order, { paymentId, status, isRefused: order.refused.has(paymentId) })
    : 'CANCELLED';
  return { paymentId, orderId, amount, status: standing, refundedAt, position };
};

export const findPayment = (ports: LoadAggregatePorts): FindPayment => {
  const load = readAggregate(ports);
  return (paymentId) => async () => {
    const found = await load(paymentAggregate, paymentStream(paymentId))();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    const payment = found.right.state;
    if (payment.status === 'Unknown') return E.left({ code: 'PAYMENT_NOT_FOUND' });
    // The order after the payment: whatever was written between the two reads, money that goes back is not called paid.
    const ordered = await load(orderAggregate, orderStream(payment.prepared.orderId))();
    if (E.isLeft(ordered)) return E.left({ code: 'UNAVAILABLE' });
    const position = Math.max(found.right.position ?? BEGINNING, ordered.right.position ?? BEGINNING);
    return E.right(paymentSeen(payment, ordered.right.state, position));
  };
};

export type PaymentById = (paymentId: string, patience?: Patience) => TE.TaskEither<FindPaymentError, PaymentSeen>;

/** The same; held, where that is asked for, while it is not decided or on its way back. */
export const paymentById =
  (find: FindPayment, ports: AwaitOutcomePorts): PaymentById =>
  (paymentId, patience = { waitMs: 0 }) =>
  async () => {
    const found = await find(paymentId)();
    const isFinal = ({ status }: PaymentSeen): boolean => status !== 'PENDING' && status !== 'REFUNDING';
    if (E.isLeft(found) || patience.waitMs === 0 || isFinal(found.right)) return found;
    // Whatever happens to a payment changes the document of its order.
    const changed = { view: ordersView.name, id: found.right.orderId };
    return awaitOutcome(ports)({ ...changed, read: find(paymentId), isFinal, ...patience })();
  };
