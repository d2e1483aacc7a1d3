import { isCouponEvent } from '../coupon/coupon-aggregate.js';
import { isCouponRequestRejected } from '../coupon/coupon-rejections-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from '../coupon/coupon-streams.js';
import { isDeadLetterEvent } from '../dead-letters/dead-letter.js';
import { DEAD_LETTER_STREAMS } from '../dead-letters/dead-letter-events.js';
import { DELIVERY_STREAMS, isDeliveryEvent } from '../delivery/delivery-aggregate.js';
import { EVENT_STREAMS } from '../event/event-streams.js';
import { isSaleEvent } from '../event/sale-aggregate.js';
import { isRequestRejected, REJECTION_CONTEXTS } from '../handling/rejected-requests.js';
import { ISSUED_COUPON_STREAMS, isIssuedCouponEvent } from '../issued-coupon/issued-coupon-aggregate.js';
import { isOrderEvent, ORDER_STREAMS } from '../order/order-aggregate.js';
import { GATEWAY_PAYMENT_STREAMS, isGatewayPaymentEvent } from '../payment/gateway-payment-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../payment/payment-aggregate.js';
import { isPointsEvent, POINTS_STREAMS } from '../points/points-aggregate.js';
import { type EventBody } from '../ports/event-store.js';
import { isSagaEvent, SAGA_STREAMS } from '../sagas/saga-aggregate.js';
import { isStockEvent, STOCK_STREAMS } from '../stock/stock-aggregate.js';
import { isWaitingRoomEvent } from '../waiting-token/waiting-room-aggregate.js';
import { WAITING_ROOM_STREAMS } from '../waiting-token/waiting-streams.js';
import { type FaultOf } from './parking.js';

/** By what stands before the first hyphen of a stream: the events that may stand in it. */
const known: ReadonlyMap<string, (event: EventBody) => boolean> = new Map<string, (event: EventBody) => boolean>([
  [COUPON_STREAMS, isCouponEvent],
  [COUPON_REJECTION_STREAMS, isCouponRequestRejected],
  [DEAD_LETTER_STREAMS, isDeadLetterEvent],
  [DELIVERY_STREAMS, isDeliveryEvent],
  [EVENT_STREAMS, isSaleEvent],
  [GATEWAY_PAYMENT_STREAMS, isGatewayPaymentEvent],
  [ISSUED_COUPON_STREAMS, isIssuedCouponEvent],
  [ORDER_STREAMS, isOrderEvent],
  [PAYMENT_STREAMS, isPaymentEvent],
  [POINTS_STREAMS, isPointsEvent],
  [SAGA_STREAMS, isSagaEvent],
  [STOCK_STREAMS, isStockEvent],
  [WAITING_ROOM_STREAMS, isWaitingRoomEvent],
  ...REJECTION_CONTEXTS.map((context) => [`${context}Rejections-`, isRequestRejected] as const),
]);

/** An event of an unknown type was written by a newer version; streams of others are none of ours. */
export const faultOfEvent: FaultOf = ({ streamId, event }) => {
  const isKnown = known.get(streamId.slice(0, streamId.indexOf('-') + 1));
  return isKnown === undefined || isKnown(event) ? null : `no event of type ${event.type} is known here`;
};
