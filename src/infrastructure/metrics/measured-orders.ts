import { either as E } from 'fp-ts';
import { type OrderUseCases } from '../../adapters/http/route-table.js';
import { type CarryOut } from '../../application/checkout/drive/carry-out.js';
import { type Metrics } from '../../application/ports/metrics.js';

/** Counts orders and approvals by what they were answered. */
export const measuredOrders = (calls: OrderUseCases, metrics: Metrics): OrderUseCases => {
  const said = (
    answer: E.Either<{ readonly code: string }, { readonly status: string }>,
  ): { readonly answer: string } => ({
    answer: E.isLeft(answer) ? answer.left.code : answer.right.status,
  });
  return {
    ...calls,
    createOrder: (order) => async () => {
      const answer = await calls.createOrder(order)();
      metrics.count('orders_created_total', said(answer));
      return answer;
    },
    approvePayment: (payment) => async () => {
      const answer = await calls.approvePayment(payment)();
      metrics.count('payments_total', said(answer));
      return answer;
    },
  };
};
/** Counts the orders that come to their good end, whoever drives them there. */
export const countingCompleted =
  (carryOut: CarryOut, metrics: Metrics): CarryOut =>
  (action, run, correlationId) =>
  async () => {
    const carried = await carryOut(action, run, correlationId)();
    if (E.isRight(carried) && action.do === 'ConfirmOrder') metrics.count('order_completed_count');
    return carried;
  };
