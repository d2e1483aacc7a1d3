import { either as E } from 'fp-ts';
import { type OrderUseCases } from '../../adapters/http/order-use-cases.js';
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
