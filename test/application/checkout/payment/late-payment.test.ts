import { either as E, taskEither as TE } from 'fp-ts';
import { STOCK_REQUESTS } from '../../../../src/application/kernel/messaging/topics.js';
import { type Message } from '../../../../src/application/ports/message-log.js';
import { answerOf } from '../../../support/answer-of.js';
import { type Outside } from '../../../support/orders/mortal.js';
import { orderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, orderId, correlationId] = ['console', 'ana', 'o1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };

test('goods that a late payment has bought are not put back by a request of the expired order that comes once more', async () => {
  const world = await orderWorld();
  const givenBack: Message[] = [];
  let isGatewayAway = true;
  const seenAs = (outside: Outside): Outside => ({
    ...outside,
    messageLog: {
      ...outside.messageLog,
      publish: (topic, message) => {
        if (message.value.includes('STOCK_RESTORE')) givenBack.push(message);
        return outside.messageLog.publish(topic, message);
      },
    },
    gateway: {
      ...outside.gateway,
      approve: (charge) => async () => {
        const answer = await outside.gateway.approve(charge)();
        return isGatewayAway ? E.left('GatewayOutcomeUnknown') : answer;
      },
      inquire: (charge) => (isGatewayAway ? TE.left('GatewayUnavailable') : outside.gateway.inquire(charge)),
    },
  });
  // Without a gate every order is decided by the writer, behind what was told before.
  const { calls } = await world.live(null, seenAs, { isGateBlind: true });
  const product = { productId, name: 'Console', price: 1_000, stock: 2, eventId: null, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  const lines = [{ productId, quantity: 2 }];
  const wish = { lines, shipping, couponId: null, usePoints: 0, correlationId };
  await world.passing(answerOf(calls.createOrder({ ...wish, orderId, userId })));
  const payment = { orderId, userId, amount: 2_000, correlationId };
  const { paymentId } = await world.passing(answerOf(calls.preparePayment(payment)));
  const approval = { paymentId, gatewayPaymentId: 'ok-1', correlationId };
  await world.passing(calls.approvePayment(approval)());
  const statusIs = (status: string) =>
    world.soon(async () => expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status }));
  await statusIs('EXPIRED');
  await world.soon(() => expect(givenBack).toHaveLength(1));
  const stock = async () => answerOf(calls.productById(productId));
  await world.soon(async () => expect(await stock()).toMatchObject({ available: 2 }));

  isGatewayAway = false;
  await world.passing(answerOf(calls.hearGateway(approval)));
  await statusIs('CONFIRMED');
  for (const late of givenBack) await answerOf(world.messageLog.publish(STOCK_REQUESTS, late));
  const other = calls.createOrder({ ...wish, orderId: 'o2', userId: 'ben' });
  expect(await world.passing(other())).toMatchObject({ _tag: 'Left', left: { code: 'INSUFFICIENT_STOCK' } });
  expect(await stock()).toMatchObject({ onHand: 0, held: 0 });
  expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  await world.close();
});
