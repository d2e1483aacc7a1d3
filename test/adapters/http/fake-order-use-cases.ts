import { taskEither as TE } from 'fp-ts';
import { OrderedSet, Set } from 'immutable';
import { type OrderUseCases } from '../../../src/adapters/http/route-table.js';
import { type PlacedOrder } from '../../../src/domain/order/order.js';
import { noChallenge } from '../../../src/domain/challenge-policy.js';
import { noLimits } from '../../../src/domain/stock/purchase-limits.js';
import { defaultPolicy } from '../../../src/domain/sale-policy.js';

const T0 = Date.UTC(2026, 0, 1);

const shipping = { recipient: 'Ana', address: 'Harbour 1' };
const terms = {
  userId: 'ana',
  lines: [{ productId: 'ticket', quantity: 2, unitPrice: 500 }],
  shipping,
  couponId: null,
  discount: 0,
  points: 0,
  total: 1_000,
  holdExpiresAt: T0,
};
const order = (orderId: string, status: PlacedOrder['status']): PlacedOrder => ({
  status,
  placed: { type: 'OrderCreated', orderId, ...terms, at: T0 },
  paymentId: null,
  payments: OrderedSet(),
  refused: Set(),
  latePayments: 0,
});
const seen = {
  orderId: 'order-1',
  ...terms,
  status: 'CREATED' as const,
  paymentId: null,
  reason: null,
  createdAt: T0,
  updatedAt: T0,
  payment: null,
  refund: null,
  isPending: true,
};
const product = {
  name: 'Ticket',
  price: 500,
  eventId: null,
  onHand: 10,
  held: 2,
  available: 8,
  status: 'AVAILABLE' as const,
  policy: defaultPolicy,
  limits: noLimits,
  challenge: noChallenge,
  isClosed: false,
  createdAt: T0,
  revision: 0,
};
const points = { balance: 100, reserved: 0, available: 100 };
const payment = { orderId: 'order-1', amount: 1_000, refundedAt: null, position: 1 };

/** Use cases of orders that answer at once and well. */
export const fakeOrderUseCases: OrderUseCases = {
  createProduct: ({ productId = 'fresh' }) => TE.right({ productId, policy: defaultPolicy }),
  productById: (productId) => TE.right({ ...product, productId }),
  stockAudit: () =>
    TE.right({
      items: [{ entry: 0, kind: 'RECEIVED', orderId: null, onHand: 10, held: 0, reason: null, at: T0 }],
      nextCursor: null,
    }),
  changeProductTerms: ({ productId }) => TE.right({ ...product, productId }),
  receiveStock: ({ productId }) => TE.right({ ...product, productId }),
  chargePoints: ({ userId }) => TE.right({ userId, ...points }),
  pointsOfUser: (userId) => TE.right({ userId, ...points }),
  challengeOfProducts: async () => null,
  createOrder: ({ orderId = 'order-1' }) =>
    TE.right({ orderId, status: 'CREATED', total: 1_000, discount: 0, points: 0, holdExpiresAt: T0, placedAt: T0 }),
  orderById: (orderId) => TE.right({ ...seen, orderId }),
  ordersOfUser: () => TE.right({ items: [seen], nextCursor: null }),
  cancelOrder: ({ orderId }) => TE.right(order(orderId, 'CANCELLED')),
  shipOrder: ({ orderId }) => TE.right(order(orderId, 'SHIPPED')),
  deliverOrder: ({ orderId }) => TE.right(order(orderId, 'DELIVERED')),
  preparePayment: () =>
    TE.right({ orderId: 'order-1', amount: 1_000, paymentId: 'payment-1', status: 'PENDING', holdExpiresAt: T0 }),
  approvePayment: ({ paymentId }) => TE.right({ ...payment, paymentId, status: 'PAID' }),
  hearGateway: ({ paymentId }) => TE.right({ ...payment, paymentId, status: 'PAID' }),
  payAtOnce: () => TE.right({ ...payment, paymentId: 'payment-1', status: 'PAID' }),
  paymentById: (paymentId) => TE.right({ ...payment, paymentId, status: 'PAID' }),
};
