import { forAttempt, forLatePayment } from '../taking.js';
import { isPlaced, type Order } from './order.js';

/** For what an order takes something now; nothing for one that never ran out, and takes once more what it has lost. */
export const takenFor = (order: Order): { readonly takenBy?: string } => {
  if ('wanted' in order) return { takenBy: forAttempt(order.wanted.attempt) };
  if (!isPlaced(order)) return {};
  const latePayment = order.latePayments + (order.status === 'EXPIRED' ? 1 : 0);
  return latePayment === 0 ? {} : { takenBy: forLatePayment(latePayment) };
};
