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

const commandOf = (action: Recorded, orderId: string, at: number): OrderCommand => {
  switch (action.do) {
    case 'CreateOrder':
      return { type: 'CreateOrder', orderId, attempt: action.attempt, at };
    case 'RefuseOrder':
      return { type: 'RefuseOrder', orderId, attempt: action.attempt, refusals: action.refusals, at };
    case 'PayOrder':
      return { type: 'PayOrder', orderId, paymentId: action.paymentId, late: action.late, at };
    case 'RefusePayment':
      return { type: 'RefusePayment', orderId, paymentId: action.paymentId, reason: 'ORDER_CANNOT_BE_PAID', at };
    case 'FailOrder':
      return { type: 'FailOrder', orderId, reason: 'PAYMENT_DECLINED', at };
    case 'ExpireOrder':
      return { type: 'ExpireOrder', orderId, holdExpiresAt: action.holdExpiresAt, at };
    case 'ConfirmOrder':
      return { type: 'ConfirmOrder', orderId, at };
  }
};

/** Records the result in the order. If the order has changed in the meantime, it is loaded again. */
export const recordInOrder =
  ({ handleOrder, clock }: OrderRecordsPorts) =>
  async (action: Recorded, orderId: string, run: OrderAt, correlationId: string): Carried => {
    const known = { state: run.order, revision: run.revision };
    const recorded = await handleOrder(commandOf(action, orderId, clock.now()), correlationId, known)();
    if (E.isRight(recorded)) {
      const { state: order, revision, position, events } = recorded.right;
      // Others have written to it: its payments may be others, too.
      if (revision > run.revision + events.length) return E.right(stale);
      return E.right(withOrder({ order, revision, position }));
    }
    return recorded.left.error === 'Rejected' ? E.right(stale) : waits(stepOf(action), recorded.left.error);
  };
