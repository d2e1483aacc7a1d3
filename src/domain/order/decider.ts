import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { type Instant } from '../time.js';
import {
  type OrderCancelled,
  type OrderConfirmed,
  type OrderDelivered,
  type OrderEvent,
  type OrderFailed,
  type OrderNotPlaced,
  type OrderPaymentPending,
  type OrderPaymentRefused,
  type OrderShipped,
} from './events.js';
import {
  evolve,
  isPlaced,
  isUnpaid,
  type Order,
  type OrderStatus,
  type PlacedOrder,
  policyOf,
  statusAfter,
  unknownOrder,
} from './order.js';
import { startPlacing, type StartPlacing } from './start-placing.js';

/** Whose order it is, the order itself says. */
type Change<Event extends OrderEvent, Type extends string> = CommandFrom<Omit<Event, 'userId'>, Type>;

interface CreateOrder {
  readonly type: 'CreateOrder';
  readonly orderId: string;
  /** The attempt for which everything was taken. */
  readonly attempt: number;
  readonly at: Instant;
}

interface PayOrder {
  readonly type: 'PayOrder';
  readonly orderId: string;
  readonly paymentId: string;
  /** The hold had expired, and the caller has reserved everything the order needs once more. */
  readonly late: boolean;
  readonly at: Instant;
}

interface CancelOrder extends Change<OrderCancelled, 'CancelOrder'> {
  /** EVENT: the shop's event its goods are tied to was cancelled. */
  readonly by: 'USER' | 'OPERATOR' | 'EVENT';
}

interface ExpireOrder {
  readonly type: 'ExpireOrder';
  readonly orderId: string;
  /** Of the hold as it stands: a payment under way may have extended it. */
  readonly holdExpiresAt: Instant;
  readonly at: Instant;
}

type CommandOnPlaced =
  | Change<OrderPaymentPending, 'AwaitPayment'>
  | PayOrder
  | Change<OrderPaymentRefused, 'RefusePayment'>
  | Change<OrderConfirmed, 'ConfirmOrder'>
  | Change<OrderShipped, 'ShipOrder'>
  | Change<OrderDelivered, 'DeliverOrder'>
  | CancelOrder
  | Change<OrderFailed, 'FailOrder'>
  | ExpireOrder;

export type OrderCommand = StartPlacing | CreateOrder | Change<OrderNotPlaced, 'RefuseOrder'> | CommandOnPlaced;

type PlacingRejection = 'ORDER_NOT_FOUND' | 'ATTEMPT_OVER';
type PlacedRejection = 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE' | 'PAYMENT_REFUSED' | 'ORDER_PAID_BY_IT';

/** Everything it needs is taken. An order with nothing left to pay is paid when it is created. */
const createOrder = ({ attempt, at }: CreateOrder, order: Order): Decided<OrderEvent, PlacingRejection> => {
  if (order.status === 'Unknown') return E.left('ORDER_NOT_FOUND');
  if (isPlaced(order)) return E.right([]);
  if (order.status === 'NOT_PLACED' || order.wanted.attempt !== attempt) return E.left('ATTEMPT_OVER');
  const { type: _, attempt: __, ...terms } = order.wanted;
  const created: OrderEvent = { ...terms, type: 'OrderCreated', at };
  if (terms.total > 0) return E.right([created]);
  const { orderId, userId } = terms;
  return E.right([created, { type: 'OrderPaid', orderId, userId, paymentId: null, at }]);
};

/** Recorded before anything is given back: an attempt is either created or given back, never both. */
const refuseOrder = (
  { attempt, refusals, at }: Change<OrderNotPlaced, 'RefuseOrder'>,
  order: Order,
): Decided<OrderEvent, PlacingRejection> => {
  if (order.status === 'Unknown') return E.left('ORDER_NOT_FOUND');
  if (order.status === 'NOT_PLACED' && order.wanted.attempt === attempt) return E.right([]);
  if (order.status !== 'PLACING' || order.wanted.attempt !== attempt) return E.left('ATTEMPT_OVER');
  const { orderId, userId } = order.wanted;
  return E.right([{ type: 'OrderNotPlaced', orderId, userId, attempt, refusals, at }]);
};

const hasBeenPaid = ({ status }: PlacedOrder): boolean =>
  status === 'PAID' || status === 'CONFIRMED' || status === 'SHIPPED' || status === 'DELIVERED';

/**
 * An order can be cancelled until it is shipped; by its user only until it is paid if it was bought under such a policy. When its
 * event is cancelled, only an unpaid order is cancelled with it: for paid orders a person decides.
 */
const mayBeCancelled = (order: PlacedOrder, by: CancelOrder['by']): boolean => {
  if (isUnpaid(order)) return true;
  const mayUndo = by === 'OPERATOR' || (by === 'USER' && policyOf(order).cancel === 'UNTIL_SHIPPED');
  return mayUndo && (order.status === 'PAID' || order.status === 'CONFIRMED');
};

/** The one status an order must have for the next step; taken twice, it is taken once. */
const step = (
  { status }: PlacedOrder,
  from: OrderStatus,
  event: Extract<OrderEvent, { readonly type: 'OrderConfirmed' | 'OrderShipped' | 'OrderDelivered' }>,
): Decided<OrderEvent, 'INVALID_ORDER_STATE'> => {
  if (status === statusAfter[event.type]) return E.right([]);
  return status === from ? E.right([event]) : E.left('INVALID_ORDER_STATE');
};

const decidePlaced = (command: CommandOnPlaced, order: PlacedOrder): Decided<OrderEvent, PlacedRejection> => {
  const { orderId, at } = command;
  const { status, placed } = order;
  const of = { orderId, userId: placed.userId };
  switch (command.type) {
    // Preparing again with another payment replaces the one before.
    case 'AwaitPayment': {
      const { paymentId } = command;
      if (status === 'PENDING_PAYMENT' && order.paymentId === paymentId) return E.right([]);
      if (!isUnpaid(order)) return E.left('INVALID_ORDER_STATE');
      return E.right([{ type: 'OrderPaymentPending', ...of, paymentId, at }]);
    }
    // An expired order is paid only when everything it needs was taken again.
    case 'PayOrder': {
      const { paymentId, late } = command;
      if (status === 'PAID' && order.paymentId === paymentId) return E.right([]);
      if (order.refused.has(paymentId)) return E.left('PAYMENT_REFUSED');
      if (status !== 'PENDING_PAYMENT' && !(late && status === 'EXPIRED')) return E.left('INVALID_ORDER_STATE');
      return E.right([{ type: 'OrderPaid', ...of, paymentId, amount: placed.total, at }]);
    }
    // A late payment either pays the order or is refused, never both: money is refunded only after this event or the order's end.
    case 'RefusePayment': {
      const { paymentId, reason } = command;
      if (order.refused.has(paymentId)) return E.right([]);
      if (hasBeenPaid(order) && order.paymentId === paymentId) return E.left('ORDER_PAID_BY_IT');
      return E.right([{ type: 'OrderPaymentRefused', ...of, paymentId, reason, at }]);
    }
    case 'ConfirmOrder':
      return step(order, 'PAID', { type: 'OrderConfirmed', ...of, at });
    case 'ShipOrder':
      return step(order, 'CONFIRMED', { type: 'OrderShipped', ...of, at });
    case 'DeliverOrder':
      return step(order, 'SHIPPED', { type: 'OrderDelivered', ...of, at });
    case 'CancelOrder':
      if (status === 'CANCELLED') return E.right([]);
      if (!mayBeCancelled(order, command.by)) return E.left('INVALID_ORDER_STATE');
      return E.right([{ type: 'OrderCancelled', ...of, reason: command.reason, at }]);
    // Payment finally failed.
    case 'FailOrder':
      if (status === 'FAILED') return E.right([]);
      if (!isUnpaid(order)) return E.left('INVALID_ORDER_STATE');
      return E.right([{ type: 'OrderFailed', ...of, reason: command.reason, at }]);
    // The hold has run out before payment. Too early, or past that point: nothing.
    case 'ExpireOrder':
      return E.right(isUnpaid(order) && at >= command.holdExpiresAt ? [{ type: 'OrderExpired', ...of, at }] : []);
  }
};

export const orderDecider = {
  initial: unknownOrder,
  evolve,
  decide: (command: OrderCommand, order: Order) => {
    switch (command.type) {
      case 'StartPlacing':
        return startPlacing(command, order);
      case 'CreateOrder':
        return createOrder(command, order);
      case 'RefuseOrder':
        return refuseOrder(command, order);
      default:
        return isPlaced(order) ? decidePlaced(command, order) : E.left('ORDER_NOT_FOUND' as const);
    }
  },
} satisfies Decider<Order, OrderCommand, OrderEvent, string>;
