import { DELIVERY_STREAMS, isDeliveryEvent } from '../checkout/aggregates/delivery-aggregate.js';
import { GATEWAY_PAYMENT_STREAMS, isGatewayPaymentEvent } from '../checkout/aggregates/gateway-payment-aggregate.js';
import { isOrderEvent, ORDER_STREAMS } from '../checkout/aggregates/order-aggregate.js';
import { isSagaEvent, SAGA_STREAMS } from '../checkout/aggregates/order-parking.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../checkout/aggregates/payment-aggregate.js';
import { isPointsEvent, POINTS_STREAMS } from '../checkout/aggregates/points-aggregate.js';
import { isStockEvent, STOCK_STREAMS } from '../checkout/aggregates/stock-aggregate.js';
import { stockMessages } from '../checkout/stock/stock-messages.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS, isCouponEvent } from '../coupon/coupon-aggregate.js';
import { couponMessages } from '../coupon/coupon-messages.js';
import { isCouponRejectionEvent } from '../coupon/coupon-rejections-aggregate.js';
import { isIssuedCouponEvent, ISSUED_COUPON_STREAMS } from '../coupon/issued-coupon-aggregate.js';
import { eventRegistry } from '../kernel/events/event-registry.js';
import { deadLetterTopics } from '../kernel/messaging/topics.js';
import { isPersonalDataEvent, PERSONAL_DATA_STREAMS } from '../kernel/personal-data/personal-data-events.js';
import { isParkingEvent, PARKING_STREAMS } from '../kernel/process/parking/parking-aggregate.js';
import { deadLetterMessage } from '../kernel/writer/dead-letter-message.js';
import { isRejectionEvent, rejectionStreams } from '../kernel/writer/rejected-requests.js';
import { noticesSchemas } from '../notices/notices-registry.js';
import { EVENT_STREAMS, isSaleEvent } from '../shop-event/sale-aggregate.js';
import { waitingMessages } from '../waiting-room/waiting-messages.js';
import { isWaitingRoomEvent, WAITING_ROOM_STREAMS } from '../waiting-room/waiting-room-aggregate.js';
import { ACT_STREAMS, isActEvent } from './audit-trail/acts.js';
import { DEAD_LETTER_STREAMS } from './dead-letters/dead-letter-events.js';
import { isDeadLetterEvent } from './dead-letters/dead-letter.js';
import { isSealEvent, isSealKeyEvent, SEAL_KEY_STREAMS, SEAL_STREAMS } from './history/seal.js';

/** What every context writes: its events, and its messages. */
export const allEvents = eventRegistry([
  {
    context: 'coupon',
    streams: [
      [COUPON_STREAMS, isCouponEvent],
      [COUPON_REJECTION_STREAMS, isCouponRejectionEvent],
    ],
    messages: [...couponMessages.types.values()],
  },
  {
    context: 'waiting-room',
    streams: [
      [WAITING_ROOM_STREAMS, isWaitingRoomEvent],
      [rejectionStreams('waiting'), isRejectionEvent],
    ],
    messages: [...waitingMessages.types.values()],
  },
  {
    context: 'shop-event',
    streams: [[EVENT_STREAMS, isSaleEvent]],
    messages: [],
  },
  {
    context: 'checkout',
    streams: [
      [ORDER_STREAMS, isOrderEvent],
      [SAGA_STREAMS, isSagaEvent],
      [DELIVERY_STREAMS, isDeliveryEvent],
      [PAYMENT_STREAMS, isPaymentEvent],
      [GATEWAY_PAYMENT_STREAMS, isGatewayPaymentEvent],
      [STOCK_STREAMS, isStockEvent],
      [rejectionStreams('stock'), isRejectionEvent],
      [POINTS_STREAMS, isPointsEvent],
      [rejectionStreams('points'), isRejectionEvent],
      [ISSUED_COUPON_STREAMS, isIssuedCouponEvent],
    ],
    messages: [...stockMessages.types.values()],
  },
  noticesSchemas,
  {
    context: 'operating',
    streams: [
      [ACT_STREAMS, isActEvent],
      [DEAD_LETTER_STREAMS, isDeadLetterEvent],
      [PARKING_STREAMS, isParkingEvent],
      [PERSONAL_DATA_STREAMS, isPersonalDataEvent],
      [SEAL_STREAMS, isSealEvent],
      [SEAL_KEY_STREAMS, isSealKeyEvent],
    ],
    messages: deadLetterTopics.map((topic) => ({ topic, type: 'DEAD_LETTER', version: 1, schema: deadLetterMessage })),
  },
]);
