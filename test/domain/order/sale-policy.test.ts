import { Set } from 'immutable';
import { orderDecider } from '../../../src/domain/order/decider.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { isPlaced, type OrderStatus, type PlacedOrder } from '../../../src/domain/order/order.js';
import { type PaymentConsequence, settlePayment } from '../../../src/domain/order/settle-payment.js';
import { type KnownPayment } from '../../../src/domain/payment/payment.js';
import { defaultPolicy, type OrderPolicy, strictest } from '../../../src/domain/sale-policy.js';

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
  if (!isPlaced(order)) throw new Error('There is an order');
  return { ...order, status };
};
const paymentThatIs = (status: KnownPayment['status'], paymentId = 'pay1'): KnownPayment => ({
  status,
  prepared: { type: 'PaymentPrepared', paymentId, orderId: 'o1', userId: 'ana', amount: 1_000, at },
  gatewayPaymentId: 'g1',
  attempts: 1,
  startedAt: at,
  holdUntil: at,
  refundedAt: null,
});
const under = (order: PlacedOrder, policy: Partial<OrderPolicy>): PlacedOrder => ({
  ...order,
  placed: { ...order.placed, policy: { ...defaultPolicy, ...policy } },
});
const DECLINES = 3;
const statuses = [
  'CREATED',
  'PENDING_PAYMENT',
  'EXPIRED',
  'PAID',
  'CONFIRMED',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
  'FAILED',
] as const satisfies ReadonlyArray<OrderStatus>;

/** By what pays it, and by another payment: what follows from charged money, where late payments are taken and where not. */
const consequences: Record<OrderStatus, Record<'pay1' | 'pay2', Record<'REACQUIRE' | 'REFUND', PaymentConsequence>>> = {
  CREATED: always('PAY_ORDER'),
  PENDING_PAYMENT: always('PAY_ORDER'),
  EXPIRED: {
    pay1: { REACQUIRE: 'TRY_AGAIN', REFUND: 'REFUSE' },
    pay2: { REACQUIRE: 'TRY_AGAIN', REFUND: 'REFUSE' },
  },
  PAID: always('NOTHING', 'REFUSE'),
  CONFIRMED: always('NOTHING', 'REFUSE'),
  SHIPPED: always('NOTHING', 'REFUSE'),
  DELIVERED: always('NOTHING', 'REFUSE'),
  CANCELLED: always('REFUSE'),
  FAILED: always('REFUSE'),
};
function always(own: PaymentConsequence, other = own) {
  return { pay1: { REACQUIRE: own, REFUND: own }, pay2: { REACQUIRE: other, REFUND: other } };
}
const charges = statuses.flatMap((status) =>
  (['pay1', 'pay2'] as const).flatMap((paymentId) =>
    (['REACQUIRE', 'REFUND'] as const).map((latePayment) => ({
      status,
      paymentId,
      latePayment,
      follows: consequences[status][paymentId][latePayment],
    })),
  ),
);

test.each(charges)(
  'money charged by $paymentId for an order that is $status, where a late payment is a $latePayment: $follows',
  ({ status, paymentId, latePayment, follows }) => {
    const order = under(orderThatIs(status), { latePayment });
    expect(settlePayment(order, paymentThatIs('PAID', paymentId), DECLINES)).toBe(follows);
  },
);

const mayCancel: Record<OrderStatus, (by: 'USER' | 'OPERATOR', cancel: OrderPolicy['cancel']) => boolean> = {
  CREATED: () => true,
  PENDING_PAYMENT: () => true,
  PAID: (by, cancel) => by === 'OPERATOR' || cancel === 'UNTIL_SHIPPED',
  CONFIRMED: (by, cancel) => by === 'OPERATOR' || cancel === 'UNTIL_SHIPPED',
  SHIPPED: () => false,
  DELIVERED: () => false,
  CANCELLED: () => true,
  FAILED: () => false,
  EXPIRED: () => false,
};
const cancellations = statuses.flatMap((status) =>
  (['USER', 'OPERATOR'] as const).flatMap((by) =>
    (['UNTIL_SHIPPED', 'UNTIL_PAID'] as const).map((cancel) => ({
      status,
      by,
      cancel,
      outcome: mayCancel[status](by, cancel) ? 'is cancelled' : 'stands',
    })),
  ),
);

test.each(cancellations)(
  'an order that is $status, asked to be cancelled by its $by where that is possible $cancel, $outcome',
  ({ status, by, cancel, outcome }) => {
    const order = under(orderThatIs(status), { cancel });
    const decided = orderDecider.decide({ type: 'CancelOrder', orderId: 'o1', reason: 'why not', by, at }, order);
    const cancelled = status === 'CANCELLED' ? [] : [{ type: 'OrderCancelled' }];
    expect(decided).toMatchObject(outcome === 'is cancelled' ? { right: cancelled } : { left: 'INVALID_ORDER_STATE' });
  },
);

const shop: OrderPolicy = { latePayment: 'REACQUIRE', cancel: 'UNTIL_SHIPPED' };
test.each<[string, ReadonlyArray<OrderPolicy>, OrderPolicy]>([
  ['as all its products are sold', [shop, shop], shop],
  [
    'without taking late payments, where one of them does not',
    [shop, { ...shop, latePayment: 'REFUND' }],
    { ...shop, latePayment: 'REFUND' },
  ],
  [
    'without undoing it once paid, where one of them does not',
    [{ ...shop, cancel: 'UNTIL_PAID' }, shop],
    { ...shop, cancel: 'UNTIL_PAID' },
  ],
])('an order is sold %s', (_, policies, expected) => expect(strictest(policies)).toEqual(expected));

test('an order of before there was a choice is settled as it always was', () => {
  expect(settlePayment(orderThatIs('EXPIRED'), paymentThatIs('PAID'), DECLINES)).toBe('TRY_AGAIN');
});

test.each(['PENDING', 'APPROVING', 'REFUNDING', 'REFUNDED'] as const)(
  'nothing follows from a payment that is %s',
  (status) => {
    for (const order of ['CREATED', 'PENDING_PAYMENT', 'EXPIRED', 'CANCELLED', 'PAID'] as const)
      expect(settlePayment(orderThatIs(order), paymentThatIs(status), DECLINES)).toBe('NOTHING');
  },
);

test('an order fails with the last decline that is allowed, not before', () => {
  const declined = paymentThatIs('DECLINED');
  expect(settlePayment(orderThatIs('PENDING_PAYMENT'), declined, 2)).toBe('NOTHING');
  expect(settlePayment(orderThatIs('PENDING_PAYMENT'), declined, 1)).toBe('FAIL_ORDER');
  expect(settlePayment(orderThatIs('CANCELLED'), declined, 1)).toBe('NOTHING');
});

test('a payment that was refused stays refused, whatever becomes of the order', () => {
  const order = { ...orderThatIs('EXPIRED'), refused: Set(['pay1']) };
  expect(settlePayment(order, paymentThatIs('PAID'), DECLINES)).toBe('REFUSE');
  const pay = { type: 'PayOrder', orderId: 'o1', paymentId: 'pay1', late: true, at } as const;
  expect(orderDecider.decide(pay, order)).toMatchObject({ left: 'PAYMENT_REFUSED' });
});
