import { either as E, type taskEither as TE } from 'fp-ts';
import { isPlaced, type Order, type PlacedOrder } from '../../../domain/order/order.js';
import { type Payment } from '../../../domain/payment/payment.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { derivedId } from '../../kernel/writer/event-ids.js';
import { type AsKnown, presumedNew } from '../../kernel/writer/load-decide-append.js';
import { type Position } from '../../ports/event-store.js';
import { type Clock } from '../../ports/clock.js';
import { type LoadOrder, type LoadPayment } from '../aggregates/load-order.js';
import { type HandleOrder } from '../aggregates/order-aggregate.js';
import { type HandlePayment, paymentAggregate } from '../aggregates/payment-aggregate.js';
import { type CallOffOrder } from '../order/call-off-order.js';

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
  /** It is paid, or over, or called off, or a payment is under way whose outcome is not known. */
  | { readonly code: 'NOT_PAYABLE'; readonly orderStatus: string }
  | { readonly code: 'AMOUNT_MISMATCH'; readonly total: number };

/** Binds order, payer, amount and deadline. Asked again while nothing has been charged, it answers with the same payment. */
export type PreparePayment = (request: PaymentToPrepare) => TE.TaskEither<PreparePaymentError, PreparedPayment>;

/** A payment and its order as the caller has just read or written them: what is read again may have moved on from it. */
export interface KnownOfPayment {
  readonly payment: AsKnown<Payment>;
  readonly order: AsKnown<Order>;
}

export interface BoundPayment {
  readonly prepared: PreparedPayment;
  readonly known: KnownOfPayment;
  /** Of the order's last event. */
  readonly position: Position;
}

/** The same, without waiting until queries show it. */
export type BindPayment = (
  request: PaymentToPrepare,
  known?: AsKnown<Order>,
) => TE.TaskEither<PreparePaymentError, BoundPayment>;

export interface BindPaymentPorts {
  readonly loadOrder: LoadOrder;
  readonly loadPayment: LoadPayment;
  readonly handlePayment: HandlePayment;
  readonly handleOrder: HandleOrder;
  readonly callOff: CallOffOrder;
  readonly clock: Clock;
}

const unavailable = E.left({ code: 'UNAVAILABLE' } as const);

/** The next payment of an order: the same for all who prepare one at once, so that they prepare one. */
const nextPaymentId = ({ placed, payments }: PlacedOrder): string =>
  derivedId(`payment/${placed.orderId}/${payments.size}`);

export const bindPayment =
  ({ loadOrder, loadPayment, handlePayment, handleOrder, callOff, clock }: BindPaymentPorts): BindPayment =>
  ({ orderId, userId, amount, correlationId }, known) =>
  async () => {
    const found = known === undefined ? await loadOrder(orderId)() : E.right(known);
    if (E.isLeft(found)) return unavailable;
    const order = found.right.state;
    if (!isPlaced(order)) return E.left({ code: 'ORDER_NOT_FOUND' });
    const { total, holdExpiresAt } = order.placed;
    if (order.placed.userId !== userId) return E.left({ code: 'NOT_ORDERER' });
    const notPayable = (orderStatus: string) => E.left({ code: 'NOT_PAYABLE', orderStatus } as const);
    if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return notPayable(order.status);
    if (clock.now() >= holdExpiresAt) return notPayable(order.status);
    if (total !== amount) return E.left({ code: 'AMOUNT_MISMATCH', total });

    let paymentId = nextPaymentId(order);
    let knownPayment: AsKnown<Payment> = presumedNew(paymentAggregate);
    if (order.paymentId !== null) {
      const before = await loadPayment(order.paymentId)();
      if (E.isLeft(before)) return unavailable;
      const { status } = before.right.state;
      // It may have charged: a second one could charge twice. What goes back was declined before.
      if (status === 'Unknown' || status === 'APPROVING' || status === 'PAID') return notPayable(order.status);
      if (status === 'PENDING') [paymentId, knownPayment] = [order.paymentId, before.right];
    }
    const calledOff = await callOff(order.placed, correlationId)();
    if (E.isLeft(calledOff)) return unavailable;
    if (calledOff.right) return notPayable('CANCELLED');
    const at = clock.now();
    const fact = { paymentId, orderId, userId, amount, at };
    const recorded = await handlePayment({ type: 'PreparePayment', ...fact }, correlationId, knownPayment)();
    if (E.isLeft(recorded)) return unavailable;
    const awaiting = await handleOrder({ type: 'AwaitPayment', orderId, paymentId, at }, correlationId, found.right)();
    if (E.isLeft(awaiting)) return awaiting.left.error === 'Rejected' ? notPayable(order.status) : unavailable;
    return E.right({
      prepared: { paymentId, orderId, amount, status: 'PENDING', holdExpiresAt },
      known: { payment: recorded.right, order: awaiting.right },
      position: awaiting.right.position,
    });
  };

/** Queries show the order as it is then. */
export const preparePayment =
  (bind: BindPayment, awaitVisible: AwaitVisible): PreparePayment =>
  (request) =>
  async () => {
    const bound = await bind(request)();
    if (E.isLeft(bound)) return bound;
    await awaitVisible(bound.right.position, request.orderId)();
    return E.right(bound.right.prepared);
  };
