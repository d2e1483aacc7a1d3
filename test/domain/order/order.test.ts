import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { orderDecider, type OrderCommand } from '../../../src/domain/order/decider.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { type OrderStatus } from '../../../src/domain/order/order.js';
import { sentences } from '../../support/given-when-then.js';

const noon = Date.UTC(2026, 0, 1, 12);
const at = noon;
const fact = { orderId: 'o1', userId: 'ana', at };
const given = sentences(orderDecider);
const terms = {
  ...fact,
  lines: [
    { productId: 'p1', quantity: 2, unitPrice: 500 },
    { productId: 'p2', quantity: 1, unitPrice: 300 },
  ],
  shipping: { recipient: 'Ana', address: 'Harbour 1' },
  couponId: null,
  discount: 100,
  points: 200,
  holdExpiresAt: noon + 600_000,
};
const place: OrderCommand = { type: 'StartPlacing', ...terms };
const placing: OrderEvent = { type: 'OrderPlacingStarted', ...terms, total: 1_000, attempt: 1 };
const create: OrderCommand = { type: 'CreateOrder', orderId: 'o1', attempt: 1, at };
const refusals = [{ of: 'GOODS', productId: 'p2', code: 'INSUFFICIENT_STOCK' }] as const;
const refuse: OrderCommand = { type: 'RefuseOrder', orderId: 'o1', attempt: 1, refusals, at };
const notPlaced: OrderEvent = { type: 'OrderNotPlaced', ...fact, attempt: 1, refusals };
const created: OrderEvent = { type: 'OrderCreated', ...terms, total: 1_000 };
const pending: OrderEvent = { type: 'OrderPaymentPending', ...fact, paymentId: 'pay1' };
const paid: OrderEvent = { type: 'OrderPaid', ...fact, paymentId: 'pay1' };
const confirmed: OrderEvent = { type: 'OrderConfirmed', ...fact };
const shipped: OrderEvent = { type: 'OrderShipped', ...fact };
const delivered: OrderEvent = { type: 'OrderDelivered', ...fact };
const cancelled: OrderEvent = { type: 'OrderCancelled', ...fact, reason: 'changed my mind' };
const failed: OrderEvent = { type: 'OrderFailed', ...fact, reason: 'declined' };
const expired: OrderEvent = { type: 'OrderExpired', ...fact };

const historyOf: Record<OrderStatus, ReadonlyArray<OrderEvent>> = {
  CREATED: [created],
  PENDING_PAYMENT: [created, pending],
  PAID: [created, pending, paid],
  CONFIRMED: [created, pending, paid, confirmed],
  SHIPPED: [created, pending, paid, confirmed, shipped],
  DELIVERED: [created, pending, paid, confirmed, shipped, delivered],
  CANCELLED: [created, cancelled],
  FAILED: [created, pending, failed],
  EXPIRED: [created, expired],
};
const statuses: ReadonlyArray<OrderStatus> = [
  'CREATED',
  'PENDING_PAYMENT',
  'PAID',
  'CONFIRMED',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
];

describe('an order', () => {
  it('costs its lines less discount and points', () => given().when(place).then(placing));

  it('stands before anything is taken for it, and is created when everything is', () =>
    given(placing).when(create).then(created));

  it('placed twice is placed once', () => {
    given(placing).when(place).thenNothing();
    given(placing, created).when(place).thenNothing();
    given(placing, created).when(create).thenNothing();
  });

  it('placed before orders stood first is the same order', () => given(created).when(place).thenNothing());

  it('is created or refused, never both', () => {
    given(placing).when(refuse).then(notPlaced);
    given(placing, notPlaced).when(refuse).thenNothing();
    given(placing, notPlaced).when(create).thenRejected('ATTEMPT_OVER');
    given(placing, created).when(refuse).thenRejected('ATTEMPT_OVER');
  });

  it('that was refused may be placed again, and a late message of the first attempt changes nothing', () => {
    const again: OrderEvent = { type: 'OrderPlacingStarted', ...terms, total: 1_000, attempt: 2 };
    given(placing, notPlaced).when(place).then(again);
    given(placing, notPlaced, again).when(create).thenRejected('ATTEMPT_OVER');
    given(placing, notPlaced, again).when(refuse).thenRejected('ATTEMPT_OVER');
  });

  it('never costs less than nothing', () =>
    given()
      .when({ type: 'StartPlacing', ...terms, discount: 2_000 })
      .thenRejected('DISCOUNTS_EXCEED_PRICE'));

  it('waits for one payment after another, and for none again that another has replaced', () => {
    const awaiting = (paymentId: string): OrderCommand => ({ type: 'AwaitPayment', orderId: 'o1', paymentId, at });
    const second: OrderEvent = { ...pending, paymentId: 'pay2' };
    given(created, pending).when(awaiting('pay1')).thenNothing();
    given(created, pending).when(awaiting('pay2')).then(second);
    given(created, pending, second).when(awaiting('pay1')).thenRejected('INVALID_ORDER_STATE');
  });

  it('expires when its hold has run out unpaid, not before', () => {
    const expire = (now: number): OrderCommand => ({
      type: 'ExpireOrder',
      orderId: 'o1',
      holdExpiresAt: at + 9,
      at: now,
    });
    given(created)
      .when(expire(at + 9))
      .then({ ...expired, at: at + 9 });
    given(created)
      .when(expire(at + 8))
      .thenNothing();
    given(created, pending, paid)
      .when(expire(at + 9))
      .thenNothing();
  });
});

describe('every step of an order', () => {
  const steps: ReadonlyArray<[OrderCommand, ReadonlyArray<OrderStatus>, OrderStatus]> = [
    [{ type: 'PayOrder', orderId: 'o1', paymentId: 'pay1', late: true, at }, ['PENDING_PAYMENT', 'EXPIRED'], 'PAID'],
    [{ type: 'ConfirmOrder', orderId: 'o1', at }, ['PAID'], 'CONFIRMED'],
    [{ type: 'ShipOrder', orderId: 'o1', at }, ['CONFIRMED'], 'SHIPPED'],
    [{ type: 'DeliverOrder', orderId: 'o1', at }, ['SHIPPED'], 'DELIVERED'],
    [
      { type: 'CancelOrder', orderId: 'o1', reason: 'changed my mind', by: 'USER', at },
      ['CREATED', 'PENDING_PAYMENT', 'PAID', 'CONFIRMED'],
      'CANCELLED',
    ],
    [{ type: 'FailOrder', orderId: 'o1', reason: 'declined', at }, ['CREATED', 'PENDING_PAYMENT'], 'FAILED'],
  ];
  const matrix = steps.flatMap(([command, from, to]) => statuses.map((status) => ({ command, from, to, status })));
  it('is refused while it is not created', () => {
    for (const order of [[placing], [placing, notPlaced]])
      for (const [command] of steps)
        given(...order)
          .when(command)
          .thenRejected('ORDER_NOT_FOUND');
  });

  it.each(matrix.filter(({ from, status }) => from.includes(status)))(
    '$command.type takes it from $status to $to',
    ({ command, to, status }) => {
      const before = historyOf[status].reduce(orderDecider.evolve, orderDecider.initial);
      const decided = orderDecider.decide(command, before);
      const after = E.isRight(decided) ? decided.right.reduce(orderDecider.evolve, before) : before;
      expect(after.status).toBe(to);
    },
  );

  it.each(matrix.filter(({ from, to, status }) => !from.includes(status) && status !== to))(
    '$command.type is refused when it is $status',
    ({ command, status }) =>
      given(...historyOf[status])
        .when(command)
        .thenRejected('INVALID_ORDER_STATE'),
  );

  it.each(matrix.filter(({ to, status }) => status === to))(
    '$command.type repeated changes nothing',
    ({ command, status }) =>
      given(...historyOf[status])
        .when(command)
        .thenNothing(),
  );

  it('never leads back: an order is paid at most once', () => {
    const any = fc.constantFrom(...steps.map(([command]) => command), create);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (commands) => {
        const events = commands.reduce((before: ReadonlyArray<OrderEvent>, command) => {
          const decided = orderDecider.decide(command, before.reduce(orderDecider.evolve, orderDecider.initial));
          return [...before, ...(E.isRight(decided) ? decided.right : [])];
        }, historyOf.PENDING_PAYMENT);
        expect(events.filter(({ type }) => type === 'OrderPaid').length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
