import { type Build } from '../../ports/read-models.js';
import { type Process } from '../../kernel/process/process.js';
import { isOrderEvent, ORDER_STREAMS } from '../aggregates/order-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../aggregates/payment-aggregate.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { isSagaEvent, SAGA_STREAMS } from '../aggregates/order-parking.js';
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

/** Given again, every event is one to look at the order for: what was passed over may be all there ever was. */
const orderOf = ({ event }: RecordedEvent, isReplay: boolean): string | null => {
  if (!isReplay && !TRIGGERS.has(event.type)) return null;
  return isOrderEvent(event) || isPaymentEvent(event) || isSagaEvent(event) ? event.orderId : null;
};

/**
 * Carries every order through, from the feed: what happens to one order is acted upon in its order, different orders side
 * by side, and one that is stuck holds up nobody.
 */
export const followOrders = (keepDriving: KeepDriving): Process<string> => ({
  name: 'order-saga',
  streamPrefixes: [ORDER_STREAMS, PAYMENT_STREAMS, SAGA_STREAMS],
  checkpoint: orderSagaCheckpoint,
  batchSize: 500,
  sideBySide: 64,
  mostWaiting: 2_000,
  look: orderOf,
  keyOf: (orderId) => orderId,
  drive: ({ work: orderId, recorded }, signal) => keepDriving(orderId, recorded.metadata.correlationId, signal),
});
