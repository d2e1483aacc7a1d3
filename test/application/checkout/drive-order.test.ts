import { either as E } from 'fp-ts';
import { loadOrder, loadPayment } from '../../../src/application/checkout/aggregates/load-order.js';
import { handleOrder, orderStream } from '../../../src/application/checkout/aggregates/order-aggregate.js';
import { paymentStream } from '../../../src/application/checkout/aggregates/payment-aggregate.js';
import { type CarryOut } from '../../../src/application/checkout/drive/carry-out.js';
import { driveOrder } from '../../../src/application/checkout/drive/drive-order.js';
import { recordInOrder } from '../../../src/application/checkout/drive/order-records.js';
import { waits, withGoods } from '../../../src/application/checkout/drive/run.js';
import { NO_STREAM } from '../../../src/application/ports/event-store.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { evolve, unknownOrder } from '../../../src/domain/order/order.js';
import { type PaymentEvent } from '../../../src/domain/payment/events.js';
import { answerOf } from '../../support/answer-of.js';
import { cancelled, created, paid, terms } from '../../support/checkout/lamp-order.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../support/in-memory/quiet.js';
import { movedClock } from '../../support/moved-clock.js';

const { orderId, userId, at } = terms;
const begun: OrderEvent = { type: 'OrderPlacingStarted', ...terms, attempt: 1 };
const pending: OrderEvent = { type: 'OrderPaymentPending', orderId, userId, paymentId: 'p1', at };
const ofPayment = { paymentId: 'p1', orderId, userId, amount: 500, at };
const charged: ReadonlyArray<PaymentEvent> = [
  { type: 'PaymentPrepared', ...ofPayment },
  { type: 'PaymentApprovalStarted', ...ofPayment, gatewayPaymentId: 'ok-1', holdUntil: 2_000 },
  { type: 'PaymentAttempted', ...ofPayment, outcome: 'APPROVED', code: 'OK' },
  { type: 'PaymentCompleted', ...ofPayment, gatewayPaymentId: 'ok-1' },
];

/** A slow call that still places the order: what happens to it meanwhile, happens before its goods are reserved. */
const slowCall = (meanwhile: ReadonlyArray<OrderEvent>) => {
  const eventStore = new InMemoryEventStore();
  let id = 0;
  const ids = { next: () => `id-${(id += 1)}` };
  const load = { eventStore, snapshots: noSnapshots, logger: recordingLog() };
  const clock = movedClock(at);
  const done: string[] = [];
  const append = (stream: string, expected: number, events: ReadonlyArray<OrderEvent | PaymentEvent>) =>
    answerOf(
      eventStore.append(
        stream,
        expected,
        events.map((event) => ({ id: ids.next(), event, metadata: { correlationId: 'test' } })),
      ),
    );
  const record = recordInOrder({ handleOrder: handleOrder({ ...load, ids }), clock });
  const carryOut: CarryOut = (action, run, correlationId) => async () => {
    done.push(action.do);
    if (action.do === 'ReserveGoods') {
      await append(orderStream(orderId), 0, meanwhile);
      return E.right(withGoods(action.productId, 'Taken'));
    }
    if (action.do === 'CreateOrder' || action.do === 'RefusePayment')
      return record(action, orderId, run, correlationId);
    return waits('SETTLE_PAYMENT', 'not of interest here');
  };
  const ports = { loadOrder: loadOrder(load), loadPayment: loadPayment(load), carryOut, clock, declinesAllowed: 3 };
  const drive = async (upTo: 'NEXT_STATUS' | 'END') => {
    await append(paymentStream('p1'), NO_STREAM, charged);
    const { revision, position } = await append(orderStream(orderId), NO_STREAM, [begun]);
    const known = { order: evolve(unknownOrder, begun), revision, position };
    return driveOrder(ports)({ orderId, correlationId: 'test', upTo, known })();
  };
  return { done, drive };
};

test('an order that was paid and cancelled while it was still being placed by a slow call has its payment refused', async () => {
  const { done, drive } = slowCall([created, pending, paid, cancelled]);
  await drive('END');
  expect(done).toContain('RefusePayment');
});

test('an order that a call has placed is left to the process that follows the events', async () => {
  const { done, drive } = slowCall([]);
  expect(await drive('NEXT_STATUS')).toMatchObject(E.right({ order: { status: 'CREATED' } }));
  expect(done).toEqual(['ReserveGoods', 'CreateOrder']);
});
