import { allEvents } from '../../../src/application/operating/all-events.js';
import { type DeadLetterEvent } from '../../../src/application/operating/dead-letters/dead-letter-events.js';
import { type RejectionEvent } from '../../../src/application/kernel/writer/rejected-requests.js';
import { type EventBody } from '../../../src/application/ports/event-store.js';
import { type SagaEvent } from '../../../src/application/checkout/sagas/saga-aggregate.js';
import { type CouponEvent } from '../../../src/domain/coupon/events.js';
import { type CouponRejectionEvent } from '../../../src/domain/coupon-rejections/events.js';
import { type DeliveryEvent } from '../../../src/domain/delivery/events.js';
import { type SaleEvent } from '../../../src/domain/shop-event/events.js';
import { type GatewayPaymentEvent } from '../../../src/domain/gateway-payment/events.js';
import { type IssuedCouponEvent } from '../../../src/domain/issued-coupon/events.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { type PaymentEvent } from '../../../src/domain/payment/events.js';
import { type PointsEvent } from '../../../src/domain/points/events.js';
import { type StockEvent } from '../../../src/domain/stock/events.js';
import { type WaitingRoomEvent } from '../../../src/domain/waiting-room/events.js';
import { ordinaryTerms } from '../../support/ordinary-terms.js';

const at = 1_000;
const ana = { userId: 'ana', orderId: 'o', at };
const asked = { requestId: 'r', at };

const coupon: ReadonlyArray<CouponEvent> = [
  {
    type: 'CouponCreated',
    couponId: 'c',
    name: 'Rush',
    quantity: 3,
    discount: { kind: 'PERCENT', value: 10 },
    opensAt: null,
    closesAt: at,
    usableUntil: at,
    eventId: null,
    at,
  },
  { type: 'CouponIssued', couponId: 'c', userId: 'ana', place: 1, ...asked },
  { type: 'CouponTermsChanged', couponId: 'c', actor: 'ops', reason: 'asked', name: 'Dash', ...asked },
];
const couponRejections: ReadonlyArray<CouponRejectionEvent> = [
  { type: 'CouponRequestRejected', couponId: 'c', userId: 'ana', code: 'OUT_OF_STOCK', ...asked },
  { type: 'CouponRejectionWithdrawn', couponId: 'c', userId: null, deadLetterId: 'd', ...asked },
];
const rejections: ReadonlyArray<RejectionEvent> = [
  { type: 'RequestRejected', context: 'stock', key: 'p', code: 'GONE', ...asked },
  { type: 'RequestRejectionWithdrawn', context: 'stock', key: 'p', deadLetterId: 'd', ...asked },
];
const deadLetter: ReadonlyArray<DeadLetterEvent> = [
  { type: 'DeadLetterDiscarded', deadLetterId: 'd', actor: 'ops', reason: 'old', at },
];
const delivery: ReadonlyArray<DeliveryEvent> = [{ type: 'DeliveryCreated', shipping: { to: 'Seoul' }, ...ana }];
const event: ReadonlyArray<SaleEvent> = [
  { type: 'EventScheduled', eventId: 'e', name: 'Friday', opensAt: at, scheduleId: null, at },
];
const gatewayPayment: ReadonlyArray<GatewayPaymentEvent> = [
  { type: 'GatewayPaymentClaimed', gatewayPaymentId: 'g', paymentId: 'p', orderId: 'o', at },
];
const issuedCoupon: ReadonlyArray<IssuedCouponEvent> = [
  { type: 'CouponRedeemed', couponId: 'c', expiresAt: at, takenBy: 'call', ...ana },
];
const order: ReadonlyArray<OrderEvent> = [
  {
    type: 'OrderCreated',
    lines: [{ productId: 'p', quantity: 1, unitPrice: 5 }],
    shipping: {},
    couponId: null,
    discount: 0,
    points: 0,
    total: 5,
    holdExpiresAt: at,
    policy: { latePayment: 'REFUND', cancel: 'UNTIL_PAID' },
    eventIds: ['e'],
    ...ana,
  },
  { type: 'OrderPaid', paymentId: null, amount: 5, ...ana },
];
const payment: ReadonlyArray<PaymentEvent> = [
  { type: 'PaymentAttempted', paymentId: 'p', amount: 5, outcome: 'UNKNOWN', code: 'TIMEOUT', ...ana },
];
const points: ReadonlyArray<PointsEvent> = [{ type: 'PointsReserved', amount: 5, expiresAt: at, ...ana }];
const orderSaga: ReadonlyArray<SagaEvent> = [
  { type: 'SagaParked', orderId: 'o', step: 'deduct', reason: 'gone', attempts: 3, at },
];
const stock: ReadonlyArray<StockEvent> = [
  { type: 'ProductCreated', productId: 'p', name: 'Lamp', price: 5, stock: 3, eventId: null, ...ordinaryTerms, at },
  { type: 'HoldExtended', productId: 'p', orderId: 'o', expiresAt: at, shared: true, at },
];
const waitingRoom: ReadonlyArray<WaitingRoomEvent> = [
  {
    type: 'ScheduleConfigured',
    scheduleId: 's',
    terms: { activeLimit: 1, activeTtl: 1, admitPerSecond: null, waitingIdle: 1, claimWithin: 1, activeIdle: 1 },
    at,
  },
  { type: 'TokenJoined', scheduleId: 's', tokenId: 't', userId: 'ana', place: 1, idleAt: at, at },
];

const samples: ReadonlyArray<readonly [stream: string, ReadonlyArray<EventBody>]> = [
  ['coupon-c', coupon],
  ['couponRejections-c', couponRejections],
  ['stockRejections-p', rejections],
  ['waitingRejections-s', rejections],
  ['pointsRejections-ana', rejections],
  ['deadLetter-d', deadLetter],
  ['delivery-o', delivery],
  ['event-e', event],
  ['gatewayPayment-g', gatewayPayment],
  ['issuedCoupon-c:ana', issuedCoupon],
  ['order-o', order],
  ['payment-p', payment],
  ['points-ana', points],
  ['orderSaga-o', orderSaga],
  ['stock-p', stock],
  ['waitingRoom-s', waitingRoom],
];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
/** Another kind than any field may have: a function of the field, so that no kind is taken for itself. */
const ofAnotherKind = (value: unknown): unknown => (typeof value === 'boolean' ? 'yes' : true);

/** The event with one field put wrong, once for each field and each of the fields within it. */
const spoilt = (value: unknown, spoil: (held: unknown) => unknown): ReadonlyArray<readonly [string, unknown]> => {
  if (Array.isArray(value)) return spoilt(value[0], spoil).map(([where, one]) => [`0.${where}`, [one]]);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, held]): ReadonlyArray<readonly [string, unknown]> => {
    if (name === 'type') return [];
    const within = name === 'shipping' ? [] : spoilt(held, spoil);
    return [
      [name, { ...value, [name]: spoil(held) }],
      ...within.map(([where, one]) => [`${name}.${where}`, { ...value, [name]: one }] as const),
    ];
  });
};

const mayBeAbsent = [
  'CouponCreated.usableUntil',
  'CouponTermsChanged.name',
  'CouponRedeemed.takenBy',
  'OrderCreated.policy',
  'OrderCreated.eventIds',
  'OrderPaid.amount',
  'HoldExtended.shared',
];

const faultIn = (streamId: string, body: EventBody): string | null =>
  allEvents.faultOf({
    streamId,
    revision: 0,
    position: 0,
    recordedAt: 0,
    id: 'i',
    event: body,
    metadata: { correlationId: 'x' },
  });
const spoiltEvents = (body: EventBody, spoil: (held: unknown) => unknown) =>
  spoilt(body, spoil).map(([where, fields]) => ({ where, body: Object.assign({ type: body.type }, fields) }));

describe.each(samples)('the events of %s', (streamId, events) => {
  it('can be read as they were written', () => {
    for (const body of events) expect(faultIn(streamId, body)).toBeNull();
  });

  it('cannot be read with a field of another kind', () => {
    for (const one of events)
      for (const { where, body } of spoiltEvents(one, ofAnotherKind))
        expect([where, faultIn(streamId, body)]).toEqual([where, expect.stringContaining(where.split('.')[0] ?? '')]);
  });

  it('cannot be read without a field that all of them have', () => {
    for (const one of events)
      for (const { where, body } of spoiltEvents(one, () => undefined))
        if (!mayBeAbsent.includes(`${one.type}.${where}`))
          expect([where, faultIn(streamId, body)]).not.toEqual([where, null]);
  });

  it('cannot be read with a type nobody knows', () => {
    expect(faultIn(streamId, { type: 'Unheard' })).toBe(
      'no event of type Unheard is known here: a newer Doorbuster wrote it, upgrade first',
    );
  });
});
