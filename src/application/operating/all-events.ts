import { checkoutEvents } from '../checkout/checkout-registry.js';
import { couponEvents } from '../coupon/coupon-registry.js';
import { eventRegistry } from '../kernel/events/event-registry.js';
import { shopEventEvents } from '../shop-event/shop-event-registry.js';
import { waitingRoomEvents } from '../waiting-room/waiting-room-registry.js';
import { operatingEvents } from './operating-registry.js';

/** The events of every context. */
export const allEvents = eventRegistry([
  couponEvents,
  waitingRoomEvents,
  shopEventEvents,
  checkoutEvents,
  operatingEvents,
]);
