import { either as E, taskEither as TE } from 'fp-ts';
import { memoryLedger } from '../../../../src/adapters/sandbox-pay/ledger.js';
import { sandboxPay } from '../../../../src/adapters/sandbox-pay/sandbox-pay.js';
import { type OrderEvent } from '../../../../src/domain/order/events.js';
import { gatewayActions } from '../../../../src/application/checkout/drive/gateway-actions.js';
import { loadOrder, loadPayment } from '../../../../src/application/checkout/aggregates/load-order.js';
import { handleOrder, orderStream } from '../../../../src/application/checkout/aggregates/order-aggregate.js';
import {
  type ApprovePayment,
  approvePayment,
  type ApprovePaymentPorts,
} from '../../../../src/application/checkout/payment/approve-payment.js';
import { findPayment } from '../../../../src/application/checkout/payment/find-payment.js';
import { handlePayment } from '../../../../src/application/checkout/aggregates/payment-aggregate.js';
import { type HoldForPayment } from '../../../../src/application/checkout/payment/hold-for-payment.js';
import { bindPayment, preparePayment } from '../../../../src/application/checkout/payment/prepare-payment.js';
import { NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

const [orderId, userId, correlationId, amount] = ['order-1', 'ana', 'trace', 1_000];

/** Ana's order waits for its payment, which is prepared; a test decides about the gateway, its numbers and the goods. */
const prepared = async () => {
  const clock = movedClock();
  const eventStore = new InMemoryEventStore(clock.now);
  let id = 0;
  const ids = { next: () => `id-${(id += 1)}` };
  const load = { eventStore, snapshots: noSnapshots, logger: recordingLog() };
  const handling = { ...load, ids };
  const ledger = memoryLedger();
  const shared = {
    loadOrder: loadOrder(load),
    loadPayment: loadPayment(load),
    handlePayment: handlePayment(handling),
    handleOrder: handleOrder(handling),
    find: findPayment(load),
    drive: () => TE.left({ step: 'LOAD', kind: 'Wait', reason: 'nobody drives here' } as const),
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
  const { paymentId } = await answerOf(
    preparePayment(bindPayment(shared), shared.awaitVisible)({ orderId, userId, amount, correlationId }),
  );
  const gateway = sandboxPay({ clock, ledger });
  const approving = (changed: Partial<ApprovePaymentPorts> = {}): ReturnType<ApprovePayment> => {
    const sure = { gateway, claim: () => TE.right(undefined), holdGoods: () => TE.right('Held' as const) };
    const ports = { ...shared, ...sure, payingMs: 120_000, settleMs: 0, ...changed };
    return approvePayment(ports)({ paymentId, gatewayPaymentId: 'ok-1', correlationId });
  };
  const statusNow = async () => (await answerOf(shared.loadPayment(paymentId))).state.status;
  const charged = () => ledger.all().filter(({ state }) => state === 'CHARGED').length;
  return { ...shared, gateway, paymentId, approving, statusNow, charged };
};

const unavailable = () => TE.left('Unavailable' as const);

test.each<[string, Partial<ApprovePaymentPorts>]>([
  ['the number of the gateway is not known to be theirs', { claim: () => TE.left({ code: 'UNAVAILABLE' }) }],
  ['it is not known whether the goods are held', { holdGoods: unavailable }],
])('while %s, nothing is charged; the same call later pays', async (_, away) => {
  const { approving, statusNow, charged } = await prepared();
  expect(await approving(away)()).toEqual(E.left({ code: 'UNAVAILABLE' }));
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 0, status: 'PENDING' });

  await approving()();
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 1, status: 'PAID' });
});

test('an order that is cancelled while its goods are looked for is not charged for', async () => {
  const { approving, handleOrder: handle, clock, statusNow, charged } = await prepared();
  const holdGoods: HoldForPayment = () => async () => {
    const cancel = { type: 'CancelOrder', orderId, reason: 'changed my mind', by: 'USER', at: clock.now() } as const;
    await answerOf(handle(cancel, correlationId));
    return E.right('Held');
  };
  const answer = await approving({ holdGoods })();
  expect(answer).toEqual(E.left({ code: 'NOT_PAYABLE', orderStatus: 'CANCELLED' }));
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 0, status: 'PENDING' });
});

test('goods that are gone are not charged for', async () => {
  const { approving, statusNow, charged } = await prepared();
  const answer = await approving({ holdGoods: () => TE.right('Gone') })();
  expect(answer).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
  expect({ charged: charged(), status: await statusNow() }).toEqual({ charged: 0, status: 'PENDING' });
});

test('a charge that was given back in the console of the gateway, while it was not known here, pays nothing when it is repeated', async () => {
  const { approving, statusNow, gateway } = await prepared();
  await approving({ gateway: { ...gateway, approve: () => TE.left('GatewayOutcomeUnknown') } })();
  const givenBack = TE.right({ answer: 'Declined', code: 'Cancelled' } as const);
  // As the first time: it was charged then.
  const asked = {
    ...gateway,
    inquire: () => givenBack,
    approve: () => TE.right({ answer: 'Approved', code: '' } as const),
  };
  expect(await approving({ gateway: asked })()).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
  expect(await statusNow()).toBe('DECLINED');
});

test('before its order has run out, asking the gateway about a payment under way charges it; afterwards it only asks', async () => {
  const { approving, loadPayment: load, statusNow, paymentId, gateway, charged, ...shared } = await prepared();
  await approving({ gateway: { ...gateway, approve: () => TE.left('GatewayOutcomeUnknown') } })();
  const { state: payment } = await answerOf(load(paymentId));
  if (payment.status === 'Unknown') throw new Error('There is a payment');
  const { ask } = gatewayActions({ ...shared, gateway });
  expect(await ask(payment, false, correlationId)).toMatchObject({ _tag: 'Right' });
  expect({ charged: charged(), status: await statusNow() }).toEqual({
    charged: 0,
    status: 'APPROVING',
  });
  await ask(payment, true, correlationId);
  expect({ charged: charged(), status: await statusNow() }).toEqual({
    charged: 1,
    status: 'PAID',
  });
});
