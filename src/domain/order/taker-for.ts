import { forAttempt, forLatePayment } from '../taking.js';
import { isPlaced, type Order } from './order.js';

/** For what an order takes something now; none for one that never ran out, and takes once more what it has lost. */
export const takerFor = (order: Order): string | undefined => {
  if ('wanted' in order) return forAttempt(order.wanted.attempt);
  if (!isPlaced(order)) return undefined;
  const latePayment = order.latePayments + (order.status === 'EXPIRED' ? 1 : 0);
  return latePayment === 0 ? undefined : forLatePayment(latePayment);
};
