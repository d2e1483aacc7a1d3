import { toNotice } from '../../../src/application/notices/to-notice.js';

const at = Date.UTC(2026, 0, 1, 12);
const time = '2026-01-01T12:00:00.000Z';
const order = { orderId: 'o1', userId: 'ana' };
const payment = { paymentId: 'p1', ...order, amount: 500 };
const token = { scheduleId: 's1', tokenId: 't1', userId: 'ana' };

test.each<[string, string, object, object]>([
  ['OrderExpired', 'order-expired', order, { ...order, status: 'EXPIRED', expiredAt: time }],
  [
    'OrderFailed',
    'order-failed',
    { ...order, reason: 'PAYMENT_DECLINED' },
    { ...order, status: 'FAILED', reason: 'PAYMENT_DECLINED', failedAt: time },
  ],
  ['OrderPaid', 'payment-completed', payment, { ...payment, status: 'PAID', paidAt: time }],
  ['PaymentRefunded', 'payment-refunded', payment, { ...payment, status: 'REFUNDED', refundedAt: time }],
  [
    'TokenExpired',
    'token-expired',
    { ...token, place: 3, reason: 'IDLE' },
    { ...token, status: 'EXPIRED', reason: 'IDLE', expiredAt: time },
  ],
])('of %s its user is told %s', (type, kind, fields, data) => {
  expect(toNotice({ event: { type, ...fields, ...{ at } }, position: 7 })).toEqual({
    position: 7,
    to: 'ana',
    kind,
    data,
  });
});

test('that an event was cancelled everyone is told, with its name', () => {
  const event = { type: 'EventCancelled', ...{ eventId: 'gala', name: 'The gala', at } };
  expect(toNotice({ event, position: 7 })).toMatchObject({
    to: '*',
    kind: 'event-cancelled',
    data: { eventId: 'gala', name: 'The gala', status: 'CANCELLED', cancelledAt: time },
  });
});

test.each<[string, string, object]>([
  ['what was charged, before it pays an order', 'PaymentCompleted', { ...payment, gatewayPaymentId: 'g1' }],
  ['an order of which nothing was left to pay', 'OrderPaid', { ...order, paymentId: null }],
])('of %s nobody is told that it is paid', (_, type, fields) => {
  expect(toNotice({ event: { type, ...fields, ...{ at } }, position: 7 })).toBeNull();
});
