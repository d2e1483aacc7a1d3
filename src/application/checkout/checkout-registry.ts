import { type ContextSchemas } from '../kernel/events/event-registry.js';
import { isRejectionEvent, rejectionStreams } from '../kernel/writer/rejected-requests.js';
import { DELIVERY_STREAMS, isDeliveryEvent } from './aggregates/delivery-aggregate.js';
import { ISSUED_COUPON_STREAMS, isIssuedCouponEvent } from '../coupon/issued-coupon-aggregate.js';
import { isOrderEvent, ORDER_STREAMS } from './aggregates/order-aggregate.js';
import { GATEWAY_PAYMENT_STREAMS, isGatewayPaymentEvent } from './aggregates/gateway-payment-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from './aggregates/payment-aggregate.js';
import { isPointsEvent, POINTS_STREAMS } from './aggregates/points-aggregate.js';
import { isSagaEvent, SAGA_STREAMS } from './aggregates/order-parking.js';
import { isStockEvent, STOCK_STREAMS } from './aggregates/stock-aggregate.js';

import { stockMessages } from './stock/stock-messages.js';

export const checkoutSchemas: ContextSchemas = {
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
};
