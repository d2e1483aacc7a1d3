import { type EventBody, type EventStore, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { couponAggregate } from '../../../src/application/coupon/coupon-aggregate.js';
import { couponRejectionsAggregate } from '../../../src/application/coupon/coupon-rejections-aggregate.js';
import { deliveryAggregate } from '../../../src/application/checkout/aggregates/delivery-aggregate.js';
import { issuedCouponAggregate } from '../../../src/application/coupon/issued-coupon-aggregate.js';
import { orderAggregate } from '../../../src/application/checkout/aggregates/order-aggregate.js';
import { gatewayPaymentAggregate } from '../../../src/application/checkout/aggregates/gateway-payment-aggregate.js';
import { paymentAggregate } from '../../../src/application/checkout/aggregates/payment-aggregate.js';
import { pointsAggregate } from '../../../src/application/checkout/aggregates/points-aggregate.js';
import { sagaAggregate } from '../../../src/application/checkout/aggregates/order-parking.js';
import { stockAggregate } from '../../../src/application/checkout/aggregates/stock-aggregate.js';
import { versionedEvents } from '../../../src/application/kernel/events/versioned-events.js';
import { parkingAggregate } from '../../../src/application/kernel/process/parking/parking-aggregate.js';
import { type Aggregate } from '../../../src/application/kernel/writer/aggregate.js';
import { type LoadAggregatePorts, readAggregate } from '../../../src/application/kernel/writer/load-aggregate.js';
import { rejectionsAggregate } from '../../../src/application/kernel/writer/rejected-requests.js';
import { allEvents } from '../../../src/application/operating/all-events.js';
import { deadLetterAggregate } from '../../../src/application/operating/dead-letters/dead-letter.js';
import { saleAggregate } from '../../../src/application/shop-event/sale-aggregate.js';
import { webhookDeliveryAggregate } from '../../../src/application/notices/webhooks/delivery.js';
import { webhookAggregate } from '../../../src/application/notices/webhooks/webhook.js';
import { waitingRoomAggregate } from '../../../src/application/waiting-room/waiting-room-aggregate.js';
import { answerOf } from '../answer-of.js';
import { InMemoryEventStore } from '../in-memory/event-store.js';
import { noSnapshots } from '../in-memory/no-snapshots.js';
import { recordingLog } from '../in-memory/quiet.js';
import { recordedKeys } from '../../../src/application/operating/history/record-seal-keys.js';
import { digestOfSeal, isSealEvent } from '../../../src/application/operating/history/seal.js';
import { type Fixture, historyOf } from './fixtures.js';

type StateOf = (ports: LoadAggregatePorts, streamId: string) => Promise<unknown>;

const stateOf =
  <State, Event extends EventBody>(aggregate: Aggregate<State, Event>): StateOf =>
  async (ports, streamId) =>
    (await answerOf(readAggregate(ports)(aggregate, streamId))).state;

const streams: Readonly<Record<string, StateOf>> = {
  coupon: stateOf(couponAggregate),
  couponRejections: stateOf(couponRejectionsAggregate),
  deadLetter: stateOf(deadLetterAggregate),
  delivery: stateOf(deliveryAggregate),
  event: stateOf(saleAggregate),
  gatewayPayment: stateOf(gatewayPaymentAggregate),
  issuedCoupon: stateOf(issuedCouponAggregate),
  order: stateOf(orderAggregate),
  orderSaga: stateOf(sagaAggregate),
  parking: stateOf(parkingAggregate),
  payment: stateOf(paymentAggregate),
  points: stateOf(pointsAggregate),
  stock: stateOf(stockAggregate),
  pointsRejections: stateOf(rejectionsAggregate),
  stockRejections: stateOf(rejectionsAggregate),
  waitingRejections: stateOf(rejectionsAggregate),
  waitingRoom: stateOf(waitingRoomAggregate),
  webhook: stateOf(webhookAggregate),
  webhookDelivery: stateOf(webhookDeliveryAggregate),
  /** Acts, and who was forgotten, are only told, never decided upon. */
  acts: () => Promise.resolve(null),
  personalData: () => Promise.resolve(null),
  /** What the digest of a seal is over never changes, or no later seal would follow it. */
  seals: async ({ eventStore }, streamId) =>
    (await answerOf(eventStore.readStream(streamId, 0, 1_000))).map(({ event }) =>
      isSealEvent(event) ? digestOfSeal(event) : null,
    ),
  sealKeys: async ({ eventStore }) => answerOf(() => recordedKeys(eventStore)),
};

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** Maps and sets of any make, as JSON. */
const asJson = (state: unknown): unknown =>
  JSON.parse(JSON.stringify(state, (_, value: unknown) => (isIterable(value) ? [...value] : value)));

/** What a stream of the store comes to, read as any aggregate is. */
export const stateOfStream = async (store: EventStore, streamId: string): Promise<unknown> => {
  const stateIn = streams[streamId.slice(0, streamId.indexOf('-'))];
  if (stateIn === undefined) throw new Error(`Nobody folds ${streamId}: name its aggregate here`);
  const eventStore = versionedEvents(allEvents).eventStore(store);
  return asJson(await stateIn({ eventStore, snapshots: noSnapshots, logger: recordingLog() }, streamId));
};

export const foldedStateOf = async (fixture: Fixture): Promise<unknown> => {
  const store = new InMemoryEventStore();
  await answerOf(store.append(fixture.streamId, NO_STREAM, historyOf(fixture)));
  return stateOfStream(store, fixture.streamId);
};
