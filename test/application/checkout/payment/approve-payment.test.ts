import { either as E, taskEither as TE } from 'fp-ts';
import { memoryLedger } from '../../../../src/adapters/sandbox-pay/ledger.js';
import { sandboxPay } from '../../../../src/adapters/sandbox-pay/sandbox-pay.js';
import { type OrderEvent } from '../../../../src/domain/order/events.js';
import { handleOrder, orderStream } from '../../../../src/application/checkout/order/order-aggregate.js';
import { type ApprovePayment, approvePayment } from '../../../../src/application/checkout/payment/approve-payment.js';
import { books } from '../../../../src/application/checkout/payment/books.js';
import { findPayment } from '../../../../src/application/checkout/payment/find-payment.js';
import { handlePayment } from '../../../../src/application/checkout/payment/payment-aggregate.js';
import { preparePayment } from '../../../../src/application/checkout/payment/prepare-payment.js';
import { resolvePayment } from '../../../../src/application/checkout/payment/resolve-payment.js';
import { type SecureGoods } from '../../../../src/application/checkout/payment/secure-goods.js';
import { NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { type PaymentGateway } from '../../../../src/application/ports/payment-gateway.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

const [orderId, userId, correlationId, amount] = ['order-1', 'ana', 'trace', 1_000];

/** Ana's order waits for its payment, which is prepared; the goods and the gateway are the test's. */
const prepared = async () => {
  const clock = movedClock();
  const eventStore = new InMemoryEventStore(clock.now);
  let id = 0;
  const ids = { next: () => `id-${(id += 1)}` };
  const load = { eventStore, snapshots: noSnapshots, logger: recordingLog() };
  const handling = { ...load, ids };
  const ledger = memoryLedger();
  const shared = {
    books: books(load),
    handlePayment: handlePayment(handling),
    handleOrder: handleOrder(handling),
    find: findPayment(load),
    claim: () => TE.right(undefined),
    callOff: () => TE.right(false),
    awaitVisible: () => TE.right(undefined),
    clock,
    ids,
  };
  const placed: OrderEvent = {
    ...{ type: 'OrderCreated', orderId, userId, couponId: null, discount: 0, points: 0, total: amount },
    lines: [{ productId: 'console', quantity: 1, unitPrice: amount }],
    shipping: { recipient: 'Ana', address: 'Harbour 1', phone: null },
    ...{ holdExpiresAt: clock.now() + 600_000, at: clock.now() },
  };
  const event = { id: ids.next(), event: placed, metadata: { correlationId } };
  await answerOf(eventStore.append(orderStream(orderId), NO_STREAM, [event]));
  const { paymentId } = await answerOf(preparePayment(shared)({ orderId, userId, amount, correlationId }));
  const gateway = sandboxPay({ clock, ledger });
  const approving = (secureGoods: SecureGoods, through: PaymentGateway = gateway): ReturnType<ApprovePayment> =>
    approvePayment({ ...shared, gateway: through, secureGoods, payingMs: 120_000, settleMs: 0 })({
      ...{ paymentId, gatewayPaymentId: 'ok-1', correlationId },
    });
  const statusNow = async () => (await answerOf(shared.books.payment(paymentId))).status;
  const charged = () => ledger.all().filter(({ state }) => state === 'CHARGED').length;
  return { ...shared, gateway, paymentId, approving, statusNow, charged };
};

/** A gate a test opens. */
const closedGate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
};

test('while the goods of a payment are not sure, nobody who asks the gateway what became of it makes it charge', async () => {
  const { approving, paymentId, statusNow, charged, gateway, ...shared } = await prepared();
  const answerComes = closedGate();
  const slow: PaymentGateway = {
    ...gateway,
    approve: (charge) => async () => {
      const answer = await gateway.approve(charge)();
      await answerComes.opened;
      return answer;
    },
  };
  const resolve = resolvePayment({ ...shared, gateway: slow });
  let asked: Promise<unknown> = Promise.resolve();
  const answer = await approving(() => async () => {
    asked = resolve(paymentId, correlationId)();
    // Long enough for the gateway to have charged, had it been called.
    for (let turns = 0; turns < 50; turns += 1) await new Promise((next) => setImmediate(next));
    return E.left('Unavailable');
  })();
  answerComes.open();
  await asked;
  expect(answer).toEqual(E.left({ code: 'UNAVAILABLE' }));
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 0, status: 'PENDING' });

  // Nothing was charged and nothing decided: asked again, it is paid.
  expect(await approving(() => async () => E.right('Held'))()).toMatchObject({ right: { status: 'PAID' } });
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 1, status: 'PAID' });
});

test('an order that is cancelled while its goods are made sure is not charged for', async () => {
  const { approving, handleOrder: handle, clock, statusNow, charged } = await prepared();
  const answer = await approving(() => async () => {
    const cancel = { type: 'CancelOrder', orderId, reason: 'changed my mind', by: 'USER', at: clock.now() } as const;
    await answerOf(handle(cancel, correlationId));
    return E.right('Held');
  })();
  expect(answer).toEqual(E.left({ code: 'NOT_PAYABLE', orderStatus: 'CANCELLED' }));
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 0, status: 'PENDING' });
});

test('goods that are gone are not charged for', async () => {
  const { approving, statusNow, charged } = await prepared();
  expect(await approving(() => async () => E.right('Gone'))()).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 0, status: 'PENDING' });
});
