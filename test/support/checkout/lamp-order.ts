import { type OrderEvent } from '../../../src/domain/order/events.js';

export const ofOrder = { orderId: 'o1', userId: 'ana', at: 1_000 };

/** One lamp for Ana. */
export const terms = {
  ...ofOrder,
  lines: [{ productId: 'lamp', quantity: 1, unitPrice: 500 }],
  shipping: { recipient: 'Ana' },
  couponId: null,
  discount: 0,
  points: 0,
  total: 500,
  holdExpiresAt: 2_000,
};

export const created: OrderEvent = { type: 'OrderCreated', ...terms };
export const cancelled: OrderEvent = { type: 'OrderCancelled', ...ofOrder, reason: 'changed my mind' };
export const paid: OrderEvent = { type: 'OrderPaid', ...ofOrder, paymentId: 'p1' };
