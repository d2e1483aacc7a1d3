import { either as E, type taskEither as TE } from 'fp-ts';
import { isPlaced, type Order, type PlacedOrder } from '../../../domain/order/order.js';
import { type KnownPayment } from '../../../domain/payment/payment.js';
import { type DriveOrder } from '../drive/drive-order.js';
import { type LoadOrder, type LoadPayment } from '../aggregates/load-order.js';
import { type CallOffOrder } from '../order/call-off-order.js';
import { type PaymentGateway } from '../../ports/payment-gateway.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { type ClaimGatewayPayment } from './claim-gateway-payment.js';
import { type PaymentById, type PaymentSeen, paymentSeen } from './find-payment.js';
import { type KnownOfPayment } from './prepare-payment.js';
import { type OrderAt } from '../drive/run.js';
import { type AsKnown, failure } from '../../kernel/writer/load-decide-append.js';
import { BEGINNING } from '../../ports/event-store.js';
import { type HoldForPayment } from './hold-for-payment.js';
import { chargePayment } from '../drive/charge-payment.js';
import { recordAnswer, type RecordAnswerPorts } from '../drive/record-answer.js';

export interface PaymentToApprove {
  readonly paymentId: string;
  readonly gatewayPaymentId: string;
  readonly correlationId: string;
}

export type ApprovePaymentError =
  | { readonly code: 'PAYMENT_NOT_FOUND' | 'PAYMENT_DECLINED' | 'UNAVAILABLE' }
  /** The gateway's number belongs to another payment. */
  | { readonly code: 'GATEWAY_PAYMENT_USED' }
  /** The order is over, called off or paid otherwise, its hold has run out, or this payment is under way with another number. */
  | { readonly code: 'NOT_PAYABLE'; readonly orderStatus: string }
  /** It may be under way, and then the gateway is asked: look at `paymentId`, or repeat it. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly paymentId: string };

/**
 * Has the gateway charge. Repeating it is harmless: it charges once. Answers what the payment comes to for its order:
 * PENDING while the gateway's answer is not known, REFUNDING when the order was over by the time it came. `known` saves reading both.
 */
export type ApprovePayment = (
  request: PaymentToApprove,
  known?: KnownOfPayment,
) => TE.TaskEither<ApprovePaymentError, PaymentSeen>;

export interface ApprovePaymentPorts extends RecordAnswerPorts {
  readonly loadOrder: LoadOrder;
  readonly loadPayment: LoadPayment;
  readonly drive: DriveOrder;
  readonly holdGoods: HoldForPayment;
  readonly find: PaymentById;
  readonly gateway: PaymentGateway;
  readonly claim: ClaimGatewayPayment;
  readonly callOff: CallOffOrder;
  /** Of the order as queries see it. */
  readonly awaitVisible: AwaitVisible;
  /** How much longer, from now, the goods wait for a payment under way. Milliseconds. */
  readonly payingMs: number;
  /** How long a charge that has come too late is waited for to be settled, one way or the other. Milliseconds. */
  readonly settleMs: number;
}

type Refused = E.Either<ApprovePaymentError, never>;
const unavailable: Refused = E.left({ code: 'UNAVAILABLE' });
const notPayable = (orderStatus: string): Refused => E.left({ code: 'NOT_PAYABLE', orderStatus });

interface OfPlacedOrder extends OrderAt {
  readonly order: PlacedOrder;
}

const isPayableBy = (order: PlacedOrder, paymentId: string): boolean =>
  order.status === 'PENDING_PAYMENT' && order.paymentId === paymentId;

/**
 * Verify once more; extend the hold on the goods; bind the gateway's payment number to this payment; record durably that the payment
 * is in progress, because from then on the gateway may have charged; only then call it. So only the gateway can say that a payment in
 * progress is declined. If no answer comes, the payment stays in progress and the gateway is asked by the order's deadline.
 */
export const approvePayment = (ports: ApprovePaymentPorts): ApprovePayment => {
  const { loadOrder, loadPayment, drive, find, handlePayment, gateway, claim, callOff, awaitVisible, clock } = ports;
  const record = recordAnswer(ports);

  const orderOf = async (
    orderId: string,
    known?: AsKnown<Order>,
  ): Promise<E.Either<ApprovePaymentError, OfPlacedOrder>> => {
    const found = known === undefined ? await loadOrder(orderId)() : E.right({ ...known, position: BEGINNING });
    if (E.isLeft(found)) return unavailable;
    const { state: order, revision, position = BEGINNING } = found.right;
    return isPlaced(order) ? E.right({ order, revision, position }) : notPayable('Unknown');
  };

  /** What it has come to by now, once queries show the same. */
  const standing = async (paymentId: string, waitMs: number): Promise<E.Either<ApprovePaymentError, PaymentSeen>> => {
    const now = await find(paymentId, { waitMs })();
    if (E.isLeft(now)) return now;
    await awaitVisible(now.right.position, now.right.orderId)();
    return now.right.status === 'DECLINED' ? E.left({ code: 'PAYMENT_DECLINED' }) : now;
  };

  /** Everything that must be so before the gateway may be called for the first time. */
  const ready = async (
    order: PlacedOrder,
    request: PaymentToApprove,
    holdUntil: number,
  ): Promise<E.Either<ApprovePaymentError, OfPlacedOrder>> => {
    const { paymentId, gatewayPaymentId, correlationId } = request;
    const { placed, status } = order;
    if (!isPayableBy(order, paymentId) || clock.now() >= placed.holdExpiresAt) return notPayable(status);
    const calledOff = await callOff(placed, correlationId)();
    if (E.isLeft(calledOff)) return unavailable;
    if (calledOff.right) return notPayable('CANCELLED');
    const held = await ports.holdGoods(placed, holdUntil, correlationId)();
    if (E.isLeft(held)) return unavailable;
    if (held.right === 'Gone') return E.left({ code: 'PAYMENT_DECLINED' });
    // That may have taken a while, and the order may be over.
    const still = await orderOf(placed.orderId);
    if (E.isLeft(still)) return still;
    if (!isPayableBy(still.right.order, paymentId)) return notPayable(still.right.order.status);
    const claimed = await claim({ gatewayPaymentId, paymentId, orderId: placed.orderId }, correlationId)();
    return E.isLeft(claimed) ? claimed : still;
  };

  /** Pays the order with a payment that was charged, where it can be paid now. */
  const pay = async (charged: KnownPayment, at: OfPlacedOrder, correlationId: string): Promise<PaymentSeen | null> => {
    const { placed, payments } = at.order;
    const isOnlyOne = payments.size === 1 && payments.has(charged.prepared.paymentId);
    const known = isOnlyOne ? { ...at, payments: [charged] } : at;
    const driven = await drive({ orderId: placed.orderId, correlationId, upTo: 'NEXT_STATUS', known })();
    if (E.isLeft(driven)) return null;
    const seen = paymentSeen(charged, driven.right.order, driven.right.position);
    return seen.status === 'PAID' ? seen : null;
  };

  return (request, known) => async () => {
    const { paymentId, gatewayPaymentId, correlationId } = request;
    const found = known === undefined ? await loadPayment(paymentId)() : E.right(known.payment);
    if (E.isLeft(found)) return unavailable;
    const { state: payment } = found.right;
    if (payment.status === 'Unknown') return E.left({ code: 'PAYMENT_NOT_FOUND' });
    if (payment.status !== 'PENDING' && payment.status !== 'APPROVING') return standing(paymentId, 0);

    let ordered = await orderOf(payment.prepared.orderId, known?.order);
    if (E.isLeft(ordered)) return ordered;
    const { placed, status: orderStatus } = ordered.right.order;
    const holdUntil = Math.max(placed.holdExpiresAt, clock.now() + ports.payingMs);
    if (payment.status === 'PENDING') ordered = await ready(ordered.right.order, request, holdUntil);
    if (E.isLeft(ordered)) return ordered;
    const start = { type: 'StartApproval', paymentId, gatewayPaymentId, holdUntil, at: clock.now() } as const;
    const started = await handlePayment(start, correlationId, found.right)();
    if (E.isLeft(started)) {
      const { left } = started;
      if (left.error === 'Rejected') return notPayable(orderStatus);
      return E.left(failure<never, { paymentId: string }>(left, { paymentId }));
    }
    const answer = await chargePayment(gateway)({ ...payment, gatewayPaymentId })();
    const { right: at } = ordered;
    // Charged money pays its order at once, or is on its way back; what cannot be done now is done by the process that follows the events.
    const recorded = await record(paymentId, answer, correlationId, started.right)();
    const charged = E.isRight(recorded) && recorded.right?.status === 'PAID' ? recorded.right : null;
    const paid = charged === null ? null : await pay(charged, at, correlationId);
    if (paid !== null) {
      await awaitVisible(paid.position, paid.orderId)();
      return E.right(paid);
    }
    const now = await standing(paymentId, charged === null ? 0 : ports.settleMs);
    // It is under way, whatever cannot be read now.
    return E.isLeft(now) && now.left.code === 'UNAVAILABLE' ? E.left({ code: 'OUTCOME_UNKNOWN', paymentId }) : now;
  };
};
