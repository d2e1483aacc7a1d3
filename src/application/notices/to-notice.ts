import { type CouponRejectionWithdrawn, type CouponRequestRejected } from '../../domain/coupon-rejections/events.js';
import { type CouponIssued } from '../../domain/coupon/events.js';
import {
  type OrderCancelled,
  type OrderConfirmed,
  type OrderExpired,
  type OrderFailed,
  type OrderPaid,
} from '../../domain/order/events.js';
import { type PaymentRefunded } from '../../domain/payment/events.js';
import { type EventCancelled, type EventOpened } from '../../domain/shop-event/events.js';
import { type TokenActivated, type TokenExpired } from '../../domain/waiting-room/events.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from '../coupon/coupon-aggregate.js';
import { iso } from '../kernel/iso.js';
import { eventsOf } from '../kernel/events/event-schemas.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { EVENT_STREAMS } from '../shop-event/sale-aggregate.js';
import { EVERYONE, type Notice } from './notice.js';

/** The streams somebody is told of. */
export const noticedStreams: ReadonlyArray<string> = [
  COUPON_STREAMS,
  COUPON_REJECTION_STREAMS,
  EVENT_STREAMS,
  'order-',
  'payment-',
  'waitingRoom-',
];

type Told =
  | CouponIssued
  | CouponRequestRejected
  | CouponRejectionWithdrawn
  | TokenActivated
  | TokenExpired
  | OrderPaid
  | OrderConfirmed
  | OrderCancelled
  | OrderExpired
  | OrderFailed
  | PaymentRefunded
  | EventOpened
  | EventCancelled;

const isTold = eventsOf<Told>({
  CouponIssued: true,
  CouponRequestRejected: true,
  CouponRejectionWithdrawn: true,
  TokenActivated: true,
  TokenExpired: true,
  OrderPaid: true,
  OrderConfirmed: true,
  OrderCancelled: true,
  OrderExpired: true,
  OrderFailed: true,
  PaymentRefunded: true,
  EventOpened: true,
  EventCancelled: true,
});

const couponRejected = ({
  userId,
  couponId,
  requestId,
  code,
  at,
}: CouponRequestRejected): Omit<Notice, 'position'> | null => {
  // An operator's request, or one nobody can be told of.
  if (userId === null) return null;
  const status = code === 'ALREADY_ISSUED' || code === 'OUT_OF_STOCK' ? code : 'FAILED';
  return {
    to: userId,
    kind: 'coupon-rejected',
    data: { couponId, requestId, userId, status, code, processedAt: iso(at) },
  };
};

/** When it pays its order, not when it was charged: money that came too late goes back, and is never called paid. */
const paymentCompleted = ({ userId, orderId, paymentId, amount, at }: OrderPaid): Omit<Notice, 'position'> | null => {
  // Nothing was left to pay; or it was paid before the amount was written down, and told long ago.
  if (paymentId === null || amount === undefined) return null;
  const data = { paymentId, orderId, userId, status: 'PAID', amount, paidAt: iso(at) };
  return { to: userId, kind: 'payment-completed', data };
};

const told = (event: Told): Omit<Notice, 'position'> | null => {
  switch (event.type) {
    case 'CouponIssued': {
      const { userId, couponId, requestId, place, at } = event;
      const data = { couponId, requestId, userId, status: 'SUCCESS', place, processedAt: iso(at) };
      return { to: userId, kind: 'coupon-issued', data };
    }
    case 'CouponRequestRejected':
      return couponRejected(event);
    case 'CouponRejectionWithdrawn': {
      const { userId, couponId, requestId, at } = event;
      if (userId === null) return null;
      const data = { couponId, requestId, userId, withdrawnAt: iso(at) };
      return { to: userId, kind: 'coupon-rejection-withdrawn', data };
    }
    case 'TokenActivated': {
      const { userId, scheduleId, tokenId, claimBy, expiresAt } = event;
      const data = { scheduleId, tokenId, userId, status: 'ACTIVE', claimBy: iso(claimBy), expiresAt: iso(expiresAt) };
      return { to: userId, kind: 'token-activated', data };
    }
    case 'TokenExpired': {
      const { userId, scheduleId, tokenId, reason, at } = event;
      const data = { scheduleId, tokenId, userId, status: 'EXPIRED', reason, expiredAt: iso(at) };
      return { to: userId, kind: 'token-expired', data };
    }
    case 'OrderPaid':
      return paymentCompleted(event);
    case 'OrderConfirmed': {
      const { userId, orderId, at } = event;
      return {
        to: userId,
        kind: 'order-completed',
        data: { orderId, userId, status: 'CONFIRMED', completedAt: iso(at) },
      };
    }
    case 'OrderCancelled': {
      const { userId, orderId, reason, at } = event;
      const data = { orderId, userId, status: 'CANCELLED', reason, cancelledAt: iso(at) };
      return { to: userId, kind: 'order-cancelled', data };
    }
    case 'OrderExpired': {
      const { userId, orderId, at } = event;
      return { to: userId, kind: 'order-expired', data: { orderId, userId, status: 'EXPIRED', expiredAt: iso(at) } };
    }
    case 'OrderFailed': {
      const { userId, orderId, reason, at } = event;
      const data = { orderId, userId, status: 'FAILED', reason, failedAt: iso(at) };
      return { to: userId, kind: 'order-failed', data };
    }
    case 'PaymentRefunded': {
      const { userId, paymentId, orderId, amount, at } = event;
      const data = { paymentId, orderId, userId, status: 'REFUNDED', amount, refundedAt: iso(at) };
      return { to: userId, kind: 'payment-refunded', data };
    }
    case 'EventOpened': {
      const { eventId, name, opensAt, at } = event;
      return { to: EVERYONE, kind: 'event-open', data: { eventId, name, opensAt: iso(opensAt), openedAt: iso(at) } };
    }
    case 'EventCancelled': {
      const { eventId, name, at } = event;
      const data = { eventId, ...(name !== undefined && { name }), status: 'CANCELLED', cancelledAt: iso(at) };
      return { to: EVERYONE, kind: 'event-cancelled', data };
    }
  }
};

/** What whom is told of an event; null when nobody is. */
export const toNotice = ({ event, position }: Pick<RecordedEvent, 'event' | 'position'>): Notice | null => {
  const notice = isTold(event) ? told(event) : null;
  return notice === null ? null : { position, ...notice };
};
