import { type Build } from '../../ports/read-models.js';
import { type Process } from '../../kernel/process/process.js';
import { isOrderEvent, ORDER_STREAMS } from '../aggregates/order-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../aggregates/payment-aggregate.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { isSagaEvent, SAGA_STREAMS } from '../aggregates/order-parking.js';
import { putOff } from '../../kernel/process/put-off.js';
import { type Ports } from '../../ports/ports.js';
import { type OwnDrives } from './own-drives.js';
import { followedOrders } from './followed-orders.js';
import { type KeepDriving } from './keep-driving.js';

export const orderSagaCheckpoint: Build = { view: 'order-saga', version: 1, build: 1 };

const TRIGGERS: ReadonlySet<string> = new Set([
  'OrderNotPlaced',
  'OrderPaid',
  'OrderCancelled',
  'OrderFailed',
  'OrderExpired',
  'OrderShipped',
  'OrderDelivered',
  'PaymentCompleted',
  'PaymentDeclined',
  'SagaReleased',
]);

/** Every replayed event is a reason to look at the order: no later event may come, because the stream was skipped. */
const orderOf = ({ event }: RecordedEvent, isReplay: boolean): string | null => {
  if (!isReplay && !TRIGGERS.has(event.type)) return null;
  return isOrderEvent(event) || isPaymentEvent(event) || isSagaEvent(event) ? event.orderId : null;
};

/**
 * A call that records a charge pays the order right after it. So a charge alone is acted upon this much later: usually the order is
 * paid by then, and that event is acted upon instead. Milliseconds.
 */
const PAID_SOON_MS = 250;

export interface FollowOrdersPorts extends Pick<OwnDrives, 'haveSeen'>, Pick<Ports, 'clock'> {
  readonly keepDriving: KeepDriving;
}

/**
 * Carries every order through, from the feed: what happens to one order is acted upon in its order, different orders side
 * by side, and one that is stuck holds up nobody.
 */
export const followOrders = ({ keepDriving, haveSeen, clock }: FollowOrdersPorts): Process<string> => {
  const followed = followedOrders();
  return {
    name: 'order-saga',
    streamPrefixes: [ORDER_STREAMS, PAYMENT_STREAMS, SAGA_STREAMS],
    checkpoint: orderSagaCheckpoint,
    batchSize: 500,
    sideBySide: 64,
    mostWaiting: 2_000,
    onBegin: followed.forgetAll,
    look: (recorded, isReplay) => {
      followed.see(recorded);
      return orderOf(recorded, isReplay);
    },
    keyOf: (orderId) => orderId,
    drive: async ({ work: orderId, recorded }, { signal }) => {
      const { event, position, metadata } = recorded;
      // Only of the order itself: a drive reads its payments before it writes to the order.
      if (isOrderEvent(event) && (await haveSeen(orderId, position))) return true;
      const { correlationId } = metadata;
      // Whoever cancelled it may have died before releasing it.
      const isDecided = event.type === 'OrderCancelled';
      const keep = () => keepDriving({ orderId, correlationId, isDecided }, signal, followed.known(orderId));
      return event.type === 'PaymentCompleted' ? putOff(clock, signal, PAID_SOON_MS, keep) : keep();
    },
  };
};
