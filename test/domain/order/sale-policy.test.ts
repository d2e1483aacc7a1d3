import { Set } from 'immutable';
import { orderDecider } from '../../../src/domain/order/decider.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { type OrderStatus, type PlacedOrder } from '../../../src/domain/order/order.js';
import { type SalePolicy } from '../../../src/domain/order/sale-policy.js';
import { type PaymentConsequence, settlePayment } from '../../../src/domain/order/settle-payment.js';
import { type KnownPayment } from '../../../src/domain/payment/payment.js';

const at = Date.UTC(2026, 0, 1, 12);
const fact = { orderId: 'o1', userId: 'ana', at };
const shipping = { recipient: 'Ana', address: 'Harbour 1' };
const created: OrderEvent = {
  type: 'OrderCreated',
  ...fact,
  lines: [],
  shipping,
  couponId: null,
  discount: 0,
  points: 0,
  total: 1_000,
  holdExpiresAt: at,
};

const orderThatIs = (status: OrderStatus, paymentId = 'pay1'): PlacedOrder => {
  const pending: OrderEvent = { type: 'OrderPaymentPending', ...fact, paymentId };
  const order = [created, pending].reduce(orderDecider.evolve, orderDecider.initial);
  if (order.status === 'Unknown') throw new Error('There is an order');
  return { ...order, status };
};
const paymentThatIs = (status: KnownPayment['status'], paymentId = 'pay1'): KnownPayment => ({
  status,
  prepared: { type: 'PaymentPrepared', paymentId, orderId: 'o1', userId: 'ana', amount: 1_000, at },
  gatewayPaymentId: 'g1',
  attempts: 1,
  holdUntil: at,
});
const shop = (some: Partial<SalePolicy> = {}): SalePolicy => ({
  latePayment: 'REACQUIRE',
  declinesAllowed: 3,
  ...some,
});

const rows: ReadonlyArray<[OrderStatus, string, Partial<SalePolicy>, PaymentConsequence]> = [
  ['CREATED', 'pay1', {}, 'PAY_ORDER'],
  ['PENDING_PAYMENT', 'pay1', {}, 'PAY_ORDER'],
  ['EXPIRED', 'pay1', { latePayment: 'REACQUIRE' }, 'TRY_AGAIN'],
  ['EXPIRED', 'pay1', { latePayment: 'REFUND' }, 'REFUSE'],
  ['PAID', 'pay1', {}, 'NOTHING'],
  ['PAID', 'pay2', {}, 'REFUSE'],
  ['CONFIRMED', 'pay1', {}, 'NOTHING'],
  ['CONFIRMED', 'pay2', {}, 'REFUSE'],
  ['SHIPPED', 'pay1', {}, 'NOTHING'],
  ['DELIVERED', 'pay1', {}, 'NOTHING'],
  ['CANCELLED', 'pay1', {}, 'REFUSE'],
  ['FAILED', 'pay1', {}, 'REFUSE'],
];

test.each(rows)('money charged for an order that is %s, by %s, under %j: %s', (status, paymentId, policy, follows) => {
  expect(settlePayment(orderThatIs(status), paymentThatIs('PAID', paymentId), shop(policy))).toBe(follows);
});

test.each(['PENDING', 'APPROVING', 'REFUNDING', 'REFUNDED'] as const)(
  'nothing follows from a payment that is %s',
  (status) => {
    for (const order of ['CREATED', 'PENDING_PAYMENT', 'EXPIRED', 'CANCELLED', 'PAID'] as const)
      expect(settlePayment(orderThatIs(order), paymentThatIs(status), shop())).toBe('NOTHING');
  },
);

test('an order fails with the last decline that is allowed, not before', () => {
  const declined = paymentThatIs('DECLINED');
  expect(settlePayment(orderThatIs('PENDING_PAYMENT'), declined, shop({ declinesAllowed: 2 }))).toBe('NOTHING');
  expect(settlePayment(orderThatIs('PENDING_PAYMENT'), declined, shop({ declinesAllowed: 1 }))).toBe('FAIL_ORDER');
  expect(settlePayment(orderThatIs('CANCELLED'), declined, shop({ declinesAllowed: 1 }))).toBe('NOTHING');
});

test('a payment that was refused stays refused, whatever becomes of the order', () => {
  const order = { ...orderThatIs('EXPIRED'), refused: Set(['pay1']) };
  expect(settlePayment(order, paymentThatIs('PAID'), shop())).toBe('REFUSE');
  const pay = { type: 'PayOrder', orderId: 'o1', paymentId: 'pay1', late: true, at } as const;
  expect(orderDecider.decide(pay, order)).toMatchObject({ left: 'PAYMENT_REFUSED' });
});
