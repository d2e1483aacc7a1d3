import { checkoutSchemas } from '../checkout/checkout-registry.js';
import { couponSchemas } from '../coupon/coupon-registry.js';
import { eventRegistry } from '../kernel/events/event-registry.js';
import { shopEventSchemas } from '../shop-event/shop-event-registry.js';
import { waitingRoomSchemas } from '../waiting-room/waiting-room-registry.js';
import { noticesSchemas } from '../notices/notices-registry.js';
import { operatingSchemas } from './operating-registry.js';

/** What every context writes: its events, and its messages. */
export const allEvents = eventRegistry([
  couponSchemas,
  waitingRoomSchemas,
  shopEventSchemas,
  checkoutSchemas,
  noticesSchemas,
  operatingSchemas,
]);
