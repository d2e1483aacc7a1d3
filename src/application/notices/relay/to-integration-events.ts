import { isOrderEvent } from '../../checkout/aggregates/order-aggregate.js';
import { isPaymentEvent } from '../../checkout/aggregates/payment-aggregate.js';
import { isCouponEvent } from '../../coupon/coupon-aggregate.js';
import { isCouponRequestRejected } from '../../coupon/coupon-rejections-aggregate.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { isSaleEvent } from '../../shop-event/sale-aggregate.js';
import { couponIntegration, rejectionIntegration } from './coupon-integration.js';
import { type IntegrationEvent } from './integration-event.js';
import { orderIntegration, paymentIntegration } from './order-integration.js';
import { saleIntegration } from './sale-integration.js';

/** The streams whose events have something to tell the outside. */
export const relayedStreams = ['coupon-', 'couponRejections-', 'event-', 'order-', 'payment-'];

/** What the outside is told of an event: nothing, one thing, or several. */
export const toIntegrationEvents = ({ event }: RecordedEvent): ReadonlyArray<IntegrationEvent> => {
  if (isCouponEvent(event)) return [couponIntegration(event)];
  if (isCouponRequestRejected(event)) return [rejectionIntegration(event)];
  if (isOrderEvent(event)) return orderIntegration(event);
  const told = isSaleEvent(event) ? saleIntegration(event) : isPaymentEvent(event) ? paymentIntegration(event) : null;
  return told === null ? [] : [told];
};
