import { taskEither as TE } from 'fp-ts';
import { type ApprovePaymentError } from '../../../src/application/checkout/payment/approve-payment.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const told = { paymentId: 'payment-1', gatewayPaymentId: 'g' };

describe('anybody may call the webhook of the gateway', () => {
  const over: ReadonlyArray<ApprovePaymentError> = [
    { code: 'PAYMENT_NOT_FOUND' },
    { code: 'PAYMENT_DECLINED' },
    { code: 'GATEWAY_PAYMENT_USED' },
    { code: 'NOT_PAYABLE', orderStatus: 'CANCELLED' },
  ];
  it.each(over.map((error) => [error.code, error] as const))('and is not told of %s', async (_, error) => {
    const { post } = await serve({ hearGateway: () => TE.left(error) });
    const answer = await post('/api/payments/webhook', told);
    expect([answer.status, await answer.json()]).toStrictEqual([200, { paymentId: 'payment-1' }]);
  });

  it.each(['PENDING', 'PAID', 'DECLINED', 'CANCELLED', 'REFUNDING', 'REFUNDED'] as const)(
    'nor of a payment that is %s',
    async (status) => {
      const payment = { orderId: 'order-1', amount: 1_000, status, refundedAt: null, position: 7 };
      const { post } = await serve({ hearGateway: ({ paymentId }) => TE.right({ ...payment, paymentId }) });
      const answer = await post('/api/payments/webhook', told);
      expect([answer.status, await answer.json()]).toStrictEqual([200, { paymentId: 'payment-1' }]);
    },
  );

  it.each([{ code: 'UNAVAILABLE' }, { code: 'OUTCOME_UNKNOWN', paymentId: 'payment-1' }] as const)(
    'and calls again where it was not taken note of: $code',
    async (error) => {
      const { post } = await serve({ hearGateway: () => TE.left(error) });
      const answer = await post('/api/payments/webhook', told);
      expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true]);
    },
  );
});
