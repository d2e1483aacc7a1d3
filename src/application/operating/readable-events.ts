import { isCouponEvent } from '../coupon/coupon-aggregate.js';
import { isCouponRejectionEvent } from '../coupon/coupon-rejections-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from '../coupon/coupon-streams.js';
import { ACT_STREAMS, isActEvent } from './audit-trail/acts.js';
import { isDeadLetterEvent } from './dead-letters/dead-letter.js';
import { DEAD_LETTER_STREAMS } from './dead-letters/dead-letter-events.js';
import { DELIVERY_STREAMS, isDeliveryEvent } from '../checkout/delivery/delivery-aggregate.js';
import { EVENT_STREAMS } from '../shop-event/event-streams.js';
import { isSaleEvent } from '../shop-event/sale-aggregate.js';
import { isRejectionEvent, REJECTION_CONTEXTS } from '../kernel/writer/rejected-requests.js';
import { ISSUED_COUPON_STREAMS, isIssuedCouponEvent } from '../checkout/issued-coupon/issued-coupon-aggregate.js';
import { isOrderEvent, ORDER_STREAMS } from '../checkout/order/order-aggregate.js';
import { GATEWAY_PAYMENT_STREAMS, isGatewayPaymentEvent } from '../checkout/payment/gateway-payment-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../checkout/payment/payment-aggregate.js';
import { isPointsEvent, POINTS_STREAMS } from '../checkout/points/points-aggregate.js';
import { type EventBody } from '../ports/event-store.js';
import { isSagaEvent, SAGA_STREAMS } from '../checkout/sagas/saga-aggregate.js';
import { isStockEvent, STOCK_STREAMS } from '../checkout/stock/stock-aggregate.js';
import { isWaitingRoomEvent } from '../waiting-room/waiting-room-aggregate.js';
import { WAITING_ROOM_STREAMS } from '../waiting-room/waiting-streams.js';
import { type FaultOf } from '../kernel/process/parking/parking.js';

type FaultOfBody = (event: EventBody) => string | null;

/** By what stands before the first hyphen of a stream: the events that may stand in it. */
const known: ReadonlyMap<string, FaultOfBody> = new Map<string, FaultOfBody>([
  [ACT_STREAMS, isActEvent.faultOf],
  [COUPON_STREAMS, isCouponEvent.faultOf],
  [COUPON_REJECTION_STREAMS, isCouponRejectionEvent.faultOf],
  [DEAD_LETTER_STREAMS, isDeadLetterEvent.faultOf],
  [DELIVERY_STREAMS, isDeliveryEvent.faultOf],
  [EVENT_STREAMS, isSaleEvent.faultOf],
  [GATEWAY_PAYMENT_STREAMS, isGatewayPaymentEvent.faultOf],
  [ISSUED_COUPON_STREAMS, isIssuedCouponEvent.faultOf],
  [ORDER_STREAMS, isOrderEvent.faultOf],
  [PAYMENT_STREAMS, isPaymentEvent.faultOf],
  [POINTS_STREAMS, isPointsEvent.faultOf],
  [SAGA_STREAMS, isSagaEvent.faultOf],
  [STOCK_STREAMS, isStockEvent.faultOf],
  [WAITING_ROOM_STREAMS, isWaitingRoomEvent.faultOf],
  ...REJECTION_CONTEXTS.map((context) => [`${context}Rejections-`, isRejectionEvent.faultOf] as const),
]);

/** What cannot be read was written by a newer version, or is damaged; streams of others are none of ours. */
export const faultOfEvent: FaultOf = ({ streamId, event }) =>
  known.get(streamId.slice(0, streamId.indexOf('-') + 1))?.(event) ?? null;
