import { type KnownPayment } from './payment.js';

/** What every event of a payment repeats: whose, for what, how much. */
export const factOf = ({ prepared: { paymentId, orderId, userId, amount } }: KnownPayment) => ({
  paymentId,
  orderId,
  userId,
  amount,
});
