import { either as E, taskEither as TE } from 'fp-ts';
import { handleSaga } from '../../../src/application/checkout/aggregates/order-parking.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { type PaymentEvent } from '../../../src/domain/payment/events.js';
import { type Task } from '../../../src/application/kernel/process/while-leading.js';
import { followOrders } from '../../../src/application/checkout/drive/follow-orders.js';
import { keepDriving } from '../../../src/application/checkout/drive/keep-driving.js';
import { waits } from '../../../src/application/checkout/drive/run.js';
import { unknownOrder } from '../../../src/domain/order/order.js';
import { answerOf } from '../../support/answer-of.js';
import { paid } from '../../support/checkout/lamp-order.js';
import { eventually } from '../../support/eventually.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { movedClock } from '../../support/moved-clock.js';
import { running } from '../../support/running.js';

const following: Task[] = [];
afterEach(async () => void (await Promise.all(following.splice(0).map((task) => task.stop()))));

const charged: PaymentEvent = {
  type: 'PaymentCompleted',
  ...{ paymentId: 'p1', userId: 'ana', amount: 500, at: 1_000, gatewayPaymentId: 'g1' },
  orderId: 'o1',
};

/** Paid orders, each of one product. While a product is stuck, the writer of its stock gives no answers. */
const shop = () => {
  const eventStore = new InMemoryEventStore();
  const clock = movedClock();
  const load = { eventStore, snapshots: noSnapshots, logger: recordingLog() };
  const stuck = new Set<string>();
  const confirmed = new Set<string>();
  const driven: string[] = [];
  let id = 0;
  const ids = { next: () => `id-${(id += 1)}` };
  const keep = keepDriving({
    ...load,
    drive:
      ({ orderId }) =>
      async () => {
        if (stuck.has(orderId.split('/')[0] ?? '')) return waits('DEDUCT_STOCK', 'OUTCOME_UNKNOWN');
        confirmed.add(orderId);
        driven.push(orderId);
        return E.right({ order: unknownOrder, revision: 0, position: 0, waitsFor: [] });
      },
    handleSaga: handleSaga({ ...load, ids }),
    alerts: { raise: () => TE.right(undefined) },
    clock,
    metrics: recordingMetrics(),
  });
  const nobody = async () => false;
  const record = async (streamId: string, event: OrderEvent | PaymentEvent): Promise<void> => {
    const recorded = { id: ids.next(), event, metadata: { correlationId: 'test' } };
    await answerOf(eventStore.append(streamId, -1, [recorded]));
  };
  return {
    stuck,
    confirmed,
    driven,
    clock,
    charge: (orderId: string) => record(`payment-${orderId}`, { ...charged, orderId }),
    pay: async (productId: string, howMany: number): Promise<void> => {
      for (let n = 1; n <= howMany; n += 1) {
        const orderId = `${productId}/${n}`;
        await record(`order-${orderId}`, { ...paid, orderId });
      }
    },
    follow: async () => {
      const ports = { feed: eventStore, eventStore, readModels: new InMemoryReadModels() };
      const orders = followOrders({ keepDriving: keep, haveSeen: nobody, clock });
      following.push(await running(ports, orders));
    },
  };
};

test.each([
  ['as many as are driven side by side', 64],
  ['more than may wait for their turn', 2_100],
])('paid orders of a product without answers, %s, hold up no order of another product', async (_, howMany) => {
  const { stuck, confirmed, clock, pay, follow } = shop();
  stuck.add('lamp');
  await pay('lamp', howMany);
  await pay('chair', 1);
  await follow();
  // No time passes: it is not confirmed because somebody has given up waiting.
  await eventually(() => expect([...confirmed]).toStrictEqual(['chair/1']), 20_000);

  stuck.clear();
  await eventually(() => {
    clock.move(1_000);
    expect(confirmed.size).toBe(howMany + 1);
  });
});

test('an order is driven once where the call that recorded its charge has paid it, and after a moment where none has', async () => {
  const { driven, clock, charge, pay, follow } = shop();
  await charge('lamp/1');
  await charge('chair/1');
  await pay('lamp', 1);
  await follow();
  await eventually(() => {
    clock.move(100);
    expect(driven).toContain('chair/1');
  });
  await Promise.all(following.splice(0).map((task) => task.stop()));
  expect(driven).toEqual(['lamp/1', 'chair/1']);
});
