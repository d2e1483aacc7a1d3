import { reconcileGatewayPayments } from '../../../../src/application/operating/reconcile/reconcile-orders.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

let world: OrderWorld;
beforeEach(async () => {
  world = await orderWorld();
});
afterEach(() => world.close());

const started = (paymentId: string, gatewayPaymentId: string) => {
  const fact = { paymentId, orderId: `order-of-${paymentId}`, userId: 'ana', amount: 5, at: 1 };
  return world.append(
    `payment-${paymentId}`,
    { type: 'PaymentPrepared', ...fact },
    { type: 'PaymentApprovalStarted', ...{ ...fact, gatewayPaymentId, holdUntil: 2 } },
  );
};

test('a payment of the gateway that was to pay two orders is found, one that pays one is not', async () => {
  await started('p1', 'g1');
  await started('p2', 'g2');
  await started('p3', 'g1');
  await world.soon(async () =>
    expect(await reconcileGatewayPayments(world)).toEqual([
      {
        kind: 'GATEWAY_PAYMENT_REUSED',
        subject: 'g1',
        detail: 'payment p1 of order order-of-p1, payment p3 of order order-of-p3',
        remedy: { action: 'NONE' },
      },
    ]),
  );
});
