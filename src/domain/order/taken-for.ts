import { forAttempt, forLatePayment } from '../taking.js';
import { isPlaced, type Order } from './order.js';

/** The name under which an order takes something now; none for a placed order that never expired and takes again what it lost. */
export const takenFor = (order: Order): { readonly takenBy?: string } => {
  if ('wanted' in order) return { takenBy: forAttempt(order.wanted.attempt) };
  if (!isPlaced(order)) return {};
  const latePayment = order.latePayments + (order.status === 'EXPIRED' ? 1 : 0);
  return latePayment === 0 ? {} : { takenBy: forLatePayment(latePayment) };
};
