import { either as E } from 'fp-ts';
import { type OrderCommand } from '../../../domain/order/decider.js';
import { type Clock } from '../../ports/clock.js';
import { type HandleOrder } from '../aggregates/order-aggregate.js';
import { type Carried, type Doable, type OrderAt, stale, stepOf, waits, withOrder } from './run.js';

export interface OrderRecordsPorts {
  readonly handleOrder: HandleOrder;
  readonly clock: Clock;
}

type Recorded = Extract<
  Doable,
  {
    readonly do:
      'CreateOrder' | 'RefuseOrder' | 'PayOrder' | 'RefusePayment' | 'FailOrder' | 'ExpireOrder' | 'ConfirmOrder';
  }
>;

export interface OfOrder extends Pick<OrderAt, 'order' | 'revision'> {
  readonly orderId: string;
  /** Of its placing; null once it is placed. */
  readonly attempt: number | null;
  /** Until when its goods wait, with a payment under way. Epoch milliseconds. */
  readonly holdUntil: number;
}

const commandOf = (action: Recorded, { orderId, attempt, holdUntil }: OfOrder, at: number): OrderCommand => {
  switch (action.do) {
    case 'CreateOrder':
      return { type: 'CreateOrder', orderId, attempt: attempt ?? 0, at };
    case 'RefuseOrder':
      return { type: 'RefuseOrder', orderId, attempt: attempt ?? 0, refusals: action.refusals, at };
    case 'PayOrder':
      return { type: 'PayOrder', orderId, paymentId: action.paymentId, late: action.late, at };
    case 'RefusePayment':
      return { type: 'RefusePayment', orderId, paymentId: action.paymentId, reason: 'ORDER_CANNOT_BE_PAID', at };
    case 'FailOrder':
      return { type: 'FailOrder', orderId, reason: 'PAYMENT_DECLINED', at };
    case 'ExpireOrder':
      return { type: 'ExpireOrder', orderId, holdExpiresAt: holdUntil, at };
    case 'ConfirmOrder':
      return { type: 'ConfirmOrder', orderId, at };
  }
};

/** Records the result in the order. If the order has changed in the meantime, it is loaded again. */
export const recordInOrder =
  ({ handleOrder, clock }: OrderRecordsPorts) =>
  async (action: Recorded, of: OfOrder, correlationId: string): Carried => {
    const known = { state: of.order, revision: of.revision };
    const recorded = await handleOrder(commandOf(action, of, clock.now()), correlationId, known)();
    if (E.isRight(recorded)) {
      const { state: order, revision, position, events } = recorded.right;
      // Others have written to it: its payments may be others, too.
      if (revision > of.revision + events.length) return E.right(stale);
      return E.right(withOrder({ order, revision, position }));
    }
    return recorded.left.error === 'Rejected' ? E.right(stale) : waits(stepOf(action), recorded.left.error);
  };
