import { either as E } from 'fp-ts';
import { toNotice } from '../../../../src/application/notices/to-notice.js';
import { type PaymentGateway } from '../../../../src/application/ports/payment-gateway.js';
import { answerOf } from '../../../support/answer-of.js';
import { type Outside } from '../../../support/orders/mortal.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, correlationId] = ['console', 'ana', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const wish = { userId, lines: [{ productId, quantity: 1 }], shipping, couponId: null, usePoints: 0, correlationId };
const amount = 1_000;

let world: OrderWorld;
beforeEach(async () => {
  world = await orderWorld();
});
afterEach(() => world.close());

const sale = async (seenAs?: (outside: Outside) => Outside) => {
  const { calls } = await world.live(null, seenAs);
  const product = { productId, name: 'Console', price: amount, stock: 9, eventId: null, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  const place = (orderId: string) => world.passing(answerOf(calls.createOrder({ ...wish, orderId })));
  const pay = (orderId: string, gatewayPaymentId: string) =>
    world.passing(calls.payAtOnce({ orderId, userId, amount, gatewayPaymentId, correlationId })());
  const cancel = (orderId: string) =>
    world.passing(answerOf(calls.cancelOrder({ orderId, reason: 'changed my mind', correlationId })));
  const order = (orderId: string) => answerOf(calls.orderById(orderId));
  return { calls, place, pay, cancel, order };
};
const charges = () => world.ledger.all().filter(({ state }) => state === 'CHARGED').length;
const used = E.left({ code: 'GATEWAY_PAYMENT_USED' });

test('one payment of the gateway pays one order, for ever: not three, and not a fourth once it was given back', async () => {
  const { place, pay, cancel, order } = await sale();
  for (const orderId of ['o1', 'o2', 'o3', 'o4']) await place(orderId);
  expect(await pay('o1', 'ok-1')).toMatchObject({ right: { status: 'PAID' } });
  expect(await pay('o2', 'ok-1')).toEqual(used);
  expect(await pay('o3', 'ok-1')).toEqual(used);
  await cancel('o1');
  await world.soon(async () => expect(await order('o1')).toMatchObject({ refund: { status: 'REFUNDED' } }));
  expect(await pay('o4', 'ok-1')).toEqual(used);
  expect(charges()).toBe(0);
  // The others can be paid with payments of their own.
  expect(await pay('o2', 'ok-2')).toMatchObject({ right: { orderId: 'o2', status: 'PAID' } });
});

test('of three orders that name one payment of the gateway at once one is paid', async () => {
  const { place, pay } = await sale();
  const orders = ['o1', 'o2', 'o3'];
  for (const orderId of orders) await place(orderId);
  const answers = await Promise.all(orders.map((orderId) => pay(orderId, 'ok-1')));
  expect(answers.filter(E.isRight)).toHaveLength(1);
  expect(answers.filter(E.isLeft)).toEqual([used, used]);
  expect(charges()).toBe(1);
});

test('of two payments of the gateway that are named for one order at once one is charged', async () => {
  const { place, pay } = await sale();
  await place('o1');
  const answers = await Promise.all([pay('o1', 'delay-50-1'), pay('o1', 'delay-50-2')]);
  expect(answers.filter(E.isRight)).toMatchObject([{ right: { status: 'PAID' } }]);
  expect(answers.filter(E.isLeft)).toMatchObject([{ left: { code: 'NOT_PAYABLE' } }]);
  expect(world.ledger.all()).toHaveLength(1);
});

test('one payment of the gateway that was started before numbers were claimed is known all the same', async () => {
  const { place, pay } = await sale();
  const fact = { paymentId: 'old', orderId: 'o0', userId, amount, at: 1 };
  await world.append(
    'payment-old',
    { type: 'PaymentPrepared', ...fact },
    { type: 'PaymentApprovalStarted', ...{ ...fact, gatewayPaymentId: 'ok-1', holdUntil: 2 } },
  );
  await place('o1');
  expect(await pay('o1', 'ok-1')).toEqual(used);
});

test.each(['ok-1', 'timeout-1', 'lost-1', 'delay-300-1'])(
  'paying twice with one body, %s, is one payment and in the end one answer',
  async (gatewayPaymentId) => {
    const { place, pay, order } = await sale();
    await place('o1');
    const first = await pay('o1', gatewayPaymentId);
    const again = await pay('o1', gatewayPaymentId);
    expect(again).toMatchObject({ right: { status: 'PAID' } });
    expect(E.isRight(first) && E.isRight(again) && first.right.paymentId === again.right.paymentId).toBe(true);
    await world.soon(async () => expect(await order('o1')).toMatchObject({ status: 'CONFIRMED' }));
    expect(await pay('o1', gatewayPaymentId)).toMatchObject({ right: { status: 'PAID' } });
    expect(charges()).toBe(1);
  },
);

test('paying five times at once with one body is one payment', async () => {
  const { place, pay } = await sale();
  await place('o1');
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => pay('o1', 'delay-50-1')));
  const ids = new Set(answers.map((answer) => (E.isRight(answer) ? answer.right.paymentId : answer.left.code)));
  expect(ids.size).toBe(1);
  expect(await pay('o1', 'delay-50-1')).toMatchObject({ right: { status: 'PAID' } });
  expect(charges()).toBe(1);
});

test('one declined payment told three times is one attempt: the order can still be paid', async () => {
  const { place, pay, order } = await sale();
  await place('o1');
  for (let n = 0; n < 3; n += 1) expect(await pay('o1', 'decline-1')).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
  expect(await order('o1')).toMatchObject({ status: 'PENDING_PAYMENT', payment: { status: 'DECLINED' } });
  expect(await pay('o1', 'ok-1')).toMatchObject({ right: { status: 'PAID' } });
});

test('whoever was answered PAID sees that their order is paid, also who asked a second time', async () => {
  const { place, pay, order } = await sale();
  await place('o1');
  const bought = ['PAID', 'CONFIRMED'];
  for (let n = 0; n < 2; n += 1) {
    expect(await pay('o1', 'ok-1')).toMatchObject({ right: { status: 'PAID' } });
    expect(bought).toContain((await order('o1')).status);
  }
});

/** A gateway that charges, and answers only when it is told to. */
const heldBack = () => {
  let charged = (): void => undefined;
  const hasCharged = new Promise<void>((resolve) => (charged = resolve));
  let answer = (): void => undefined;
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  const seenAs = (outside: Outside): Outside => {
    const approve: PaymentGateway['approve'] = (charge) => async () => {
      const answered = await outside.gateway.approve(charge)();
      charged();
      await mayAnswer;
      return answered;
    };
    return { ...outside, gateway: { ...outside.gateway, approve } };
  };
  return { seenAs, hasCharged, answer };
};

test('cancelled while the gateway charges: the answer says that the money goes back, and never that it is paid', async () => {
  const gateway = heldBack();
  const { calls, place, cancel, order } = await sale(gateway.seenAs);
  await place('o1');
  const payment = { orderId: 'o1', userId, amount, gatewayPaymentId: 'ok-1', correlationId };
  const paying = calls.payAtOnce(payment)();
  await world.passing(gateway.hasCharged);
  expect(await cancel('o1')).toMatchObject({ status: 'CANCELLED' });
  gateway.answer();
  const answer = await world.passing(paying);
  expect(E.isRight(answer) && answer.right.status).toMatch(/^REFUND(ING|ED)$/);
  await world.soon(async () => expect(await order('o1')).toMatchObject({ refund: { status: 'REFUNDED', amount } }));
  expect(charges()).toBe(0);
  expect(await world.passing(calls.payAtOnce(payment)())).toMatchObject({ right: { status: 'REFUNDED' } });
  const { events } = await answerOf(world.eventStore.read(-1));
  const told = events.flatMap((event) => toNotice(event)?.kind ?? []);
  expect(told).toEqual(['order-cancelled', 'payment-refunded']);
});

test('if it is not known whether a payment is in progress, the answer is not that nothing was accepted', async () => {
  let isSilent = false;
  const { calls, place, order } = await sale((outside) => ({
    ...outside,
    eventStore: {
      ...outside.eventStore,
      append: (streamId, ...asked) =>
        isSilent && asked[1].some(({ event }) => event.type === 'PaymentApprovalStarted')
          ? async () => {
              await outside.eventStore.append(streamId, ...asked)();
              return E.left('AppendOutcomeUnknown');
            }
          : outside.eventStore.append(streamId, ...asked),
    },
  }));
  await place('o1');
  isSilent = true;
  const payment = { orderId: 'o1', userId, amount, gatewayPaymentId: 'ok-1', correlationId };
  const answer = await world.passing(calls.payAtOnce(payment)());
  expect(answer).toMatchObject({ left: { code: 'OUTCOME_UNKNOWN' } });
  const paymentId = E.isLeft(answer) && 'paymentId' in answer.left ? answer.left.paymentId : '';
  // It is: the gateway is asked, and charges.
  await world.soon(async () => expect(await order('o1')).toMatchObject({ status: 'CONFIRMED' }));
  expect(await answerOf(calls.paymentById(paymentId))).toMatchObject({ status: 'PAID', orderId: 'o1', amount });
});
