import { followedOrders } from '../../../src/application/checkout/drive/followed-orders.js';
import { type EventBody } from '../../../src/application/ports/event-store.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { type PaymentEvent } from '../../../src/domain/payment/events.js';
import { cancelled, created, ofOrder, paid, terms } from '../../support/checkout/lamp-order.js';
import { recorded } from '../../support/in-memory/recorded.js';

const ofPayment = { ...ofOrder, paymentId: 'p1', amount: 500 };
const placing: OrderEvent = { type: 'OrderPlacingStarted', ...terms, attempt: 1 };
const notPlaced: OrderEvent = { type: 'OrderNotPlaced', ...ofOrder, attempt: 1, refusals: [] };
const pending: OrderEvent = { type: 'OrderPaymentPending', ...ofOrder, paymentId: 'p1' };
const prepared: PaymentEvent = { type: 'PaymentPrepared', ...ofPayment };
const completed: PaymentEvent = { type: 'PaymentCompleted', ...ofPayment, gatewayPaymentId: 'g1' };
const parked = { type: 'SagaParked', orderId: 'o1', step: 'DEDUCT_STOCK', reason: 'GONE', attempts: 3, at: 1_000 };

const ORDER = 'order-o1';
const PAYMENT = 'payment-p1';

/** What is known after events of a stream from a revision on, in this order. */
const knowing = () => {
  const followed = followedOrders();
  let position = 0;
  const see = (streamId: string, revision: number, ...events: ReadonlyArray<EventBody>): void =>
    events.forEach((event, n) =>
      followed.see({ ...recorded(event, (position += 1), streamId), revision: revision + n }),
    );
  return { ...followed, see };
};

const paidOne = () => {
  const world = knowing();
  world.see(ORDER, 0, placing, created);
  world.see(PAYMENT, 0, prepared);
  world.see(ORDER, 2, pending);
  world.see(PAYMENT, 1, completed);
  world.see(ORDER, 3, paid);
  return world;
};

describe('an order that was followed from its first event on', () => {
  it('is known once it is paid, with its payment', () => {
    expect(paidOne().known('o1')).toMatchObject({
      order: { status: 'PAID' },
      revision: 3,
      position: 6,
      payments: [{ status: 'PAID' }],
    });
  });

  it('is known as it is after events that come again', () => {
    const world = paidOne();
    world.see(ORDER, 0, placing, created, pending);
    expect(world.known('o1')).toMatchObject({ order: { status: 'PAID' }, revision: 3 });
    world.see(ORDER, 4, cancelled);
    expect(world.known('o1')).toMatchObject({ order: { status: 'CANCELLED' }, revision: 4 });
  });

  it.each([
    ['its first event was not seen', () => knowing(), [1, created, pending, paid]],
    ['an event of it was missed', () => paidOne(), [5, cancelled]],
    ['an event of it is of a type that is not known here', () => paidOne(), [4, { type: 'OrderFramed' }]],
  ] as const)('is read where %s, also after further events', (_, world, [revision, ...events]) => {
    const { see, known } = world();
    see(ORDER, revision, ...events);
    expect(known('o1')).toBeUndefined();
    see(ORDER, revision + events.length, cancelled);
    expect(known('o1')).toBeUndefined();
  });

  it('is read where its payment was not seen whole', () => {
    const { see, known } = knowing();
    see(PAYMENT, 1, completed);
    see(ORDER, 0, placing, created, pending, paid);
    expect(known('o1')).toBeUndefined();
  });

  it('is read while somebody may be placing it or paying it', () => {
    const { see, known } = knowing();
    see(ORDER, 0, placing, notPlaced);
    expect(known('o1')).toBeUndefined();
    see(ORDER, 2, placing, created);
    expect(known('o1')).toBeUndefined();
    see(PAYMENT, 0, prepared);
    see(ORDER, 4, pending);
    expect(known('o1')).toBeUndefined();
  });

  it('is read for ever once it was parked: an operator may have decided', () => {
    const { see, known } = paidOne();
    see('orderSaga-o1', 0, parked);
    expect(known('o1')).toBeUndefined();
    see(ORDER, 4, cancelled);
    expect(known('o1')).toBeUndefined();
  });

  it('is read after another process may have followed', () => {
    const { see, known, forgetAll } = paidOne();
    forgetAll();
    see(ORDER, 4, cancelled);
    expect(known('o1')).toBeUndefined();
  });
});
