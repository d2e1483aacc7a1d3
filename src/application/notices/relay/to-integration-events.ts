import { type CouponEvent } from '../../../domain/coupon/events.js';
import { type CouponRequestRejected } from '../../../domain/coupon-rejections/events.js';
import { type SaleEvent } from '../../../domain/shop-event/events.js';
import { type OrderEvent } from '../../../domain/order/events.js';
import { type PaymentEvent } from '../../../domain/payment/events.js';
import { eventsOf } from '../../kernel/writer/events-of.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { couponIntegration, rejectionIntegration } from './coupon-integration.js';
import { type IntegrationEvent } from './integration-event.js';
import { orderIntegration } from './order-integration.js';
import { paymentIntegration } from './payment-integration.js';
import { saleIntegration } from './sale-integration.js';

const isCouponEvent = eventsOf<CouponEvent>({
  CouponCreated: true,
  CouponIssued: true,
  CouponPaused: true,
  CouponResumed: true,
  CouponQuantityChanged: true,
  CouponTermsChanged: true,
  CouponSaleOpened: true,
  CouponSaleClosed: true,
});
const isRejection = eventsOf<CouponRequestRejected>({ CouponRequestRejected: true });
const isSaleEvent = eventsOf<SaleEvent>({
  EventScheduled: true,
  EventRescheduled: true,
  EventOpened: true,
  EventClosed: true,
  EventCancelled: true,
});
const isOrderEvent = eventsOf<OrderEvent>({
  OrderPlacingStarted: true,
  OrderNotPlaced: true,
  OrderCreated: true,
  OrderPaymentPending: true,
  OrderPaid: true,
  OrderPaymentRefused: true,
  OrderConfirmed: true,
  OrderShipped: true,
  OrderDelivered: true,
  OrderCancelled: true,
  OrderFailed: true,
  OrderExpired: true,
});
const isPaymentEvent = eventsOf<PaymentEvent>({
  PaymentPrepared: true,
  PaymentApprovalStarted: true,
  PaymentAttempted: true,
  PaymentCompleted: true,
  PaymentDeclined: true,
  PaymentRefundRequested: true,
  PaymentRefunded: true,
});

/** The streams whose events have something to tell the outside. */
export const relayedStreams = ['coupon-', 'couponRejections-', 'event-', 'order-', 'payment-'];

/** What the outside is told of an event: nothing, one thing, or several. */
export const toIntegrationEvents = ({ event }: RecordedEvent): ReadonlyArray<IntegrationEvent> => {
  if (isCouponEvent(event)) return [couponIntegration(event)];
  if (isRejection(event)) return [rejectionIntegration(event)];
  if (isOrderEvent(event)) return orderIntegration(event);
  const told = isSaleEvent(event) ? saleIntegration(event) : isPaymentEvent(event) ? paymentIntegration(event) : null;
  return told === null ? [] : [told];
};
