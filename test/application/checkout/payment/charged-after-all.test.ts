import { taskEither as TE } from 'fp-ts';
import { type PaymentGateway } from '../../../../src/application/ports/payment-gateway.js';
import { answerOf } from '../../../support/answer-of.js';
import { type Outside } from '../../../support/orders/mortal.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, orderId, correlationId] = ['console', 'ana', 'o1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const amount = 1_000;
const toPay = { orderId, userId, amount, correlationId };

let world: OrderWorld;
beforeEach(async () => {
  world = await orderWorld();
});
afterEach(() => world.close());

/** Ana's order waits for its payment. */
const placed = async (seenAs?: (outside: Outside) => Outside) => {
  const { calls } = await world.live(null, seenAs);
  const product = { productId, name: 'Console', price: amount, stock: 1, eventId: null, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  const lines = [{ productId, quantity: 1 }];
  const wish = { orderId, userId, lines, shipping, couponId: null, usePoints: 0, correlationId };
  await world.passing(answerOf(calls.createOrder(wish)));
  const order = () => answerOf(calls.orderById(orderId));
  return { calls, order };
};
const gatewayHas = () => world.ledger.all().map(({ gatewayPaymentId, state }) => [gatewayPaymentId, state]);

test('money that was charged after the gateway had said no goes back, and the order can still be paid', async () => {
  let answer = (): void => undefined;
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  const seenAs = (outside: Outside): Outside => {
    const approve: PaymentGateway['approve'] = (charge) => async () => {
      if (charge.gatewayPaymentId === 'ok-slow') await mayAnswer;
      return outside.gateway.approve(charge)();
    };
    const inquire = () => TE.right({ answer: 'Declined', code: 'FAIL' } as const);
    return { ...outside, gateway: { ...outside.gateway, approve, inquire } };
  };
  const { calls, order } = await placed(seenAs);
  const paying = calls.payAtOnce({ ...toPay, gatewayPaymentId: 'ok-slow' })();
  await world.soon(async () => expect(await order()).toMatchObject({ payment: { status: 'DECLINED' } }));
  answer();
  expect(await world.passing(paying)).toMatchObject({ right: { status: expect.stringMatching(/^REFUND/) } });
  await world.soon(() => expect(gatewayHas()).toEqual([['ok-slow', 'REFUNDED']]));

  await world.passing(answerOf(calls.payAtOnce({ ...toPay, gatewayPaymentId: 'ok-2' })));
  await world.soon(async () => expect(await order()).toMatchObject({ status: 'CONFIRMED' }));
  expect(gatewayHas()).toEqual([
    ['ok-slow', 'REFUNDED'],
    ['ok-2', 'CHARGED'],
  ]);
});

test('a charge that the gateway tells of when its order is over goes back', async () => {
  const { calls, order } = await placed();
  const { paymentId } = await world.passing(answerOf(calls.preparePayment(toPay)));
  await world.passing(answerOf(calls.cancelOrder({ orderId, reason: 'changed my mind', correlationId })));
  world.ledger.record({ paymentId, gatewayPaymentId: 'ok-1', amount, state: 'CHARGED' });

  await world.passing(calls.hearGateway({ paymentId, gatewayPaymentId: 'ok-1', correlationId })());
  await world.soon(async () =>
    expect(await order()).toMatchObject({ status: 'CANCELLED', refund: { paymentId, amount, status: 'REFUNDED' } }),
  );
  expect(gatewayHas()).toEqual([['ok-1', 'REFUNDED']]);
});

test('a charge that the gateway tells of after it has said no goes back', async () => {
  const { calls, order } = await placed();
  const gatewayPaymentId = 'decline-1';
  await world.passing(calls.payAtOnce({ ...toPay, gatewayPaymentId })());
  const { paymentId } = await order();
  if (paymentId === null) throw new Error('There is a payment');
  world.ledger.record({ paymentId, gatewayPaymentId, amount, state: 'CHARGED' });

  await world.passing(calls.hearGateway({ paymentId, gatewayPaymentId, correlationId })());
  await world.soon(() => expect(gatewayHas()).toEqual([[gatewayPaymentId, 'REFUNDED']]));
  await world.soon(async () => expect(await order()).toMatchObject({ refund: { paymentId, status: 'REFUNDED' } }));
});
