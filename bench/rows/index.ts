import { type Row } from '../harness/row.js';
import { accept } from './accept.js';
import { authenticated } from './authenticated.js';
import { decide } from './decide.js';
import { issueCost } from './issue-cost.js';
import { load } from './load.js';
import { openEvent } from './open-event.js';
import { openingLateness } from './opening-lateness.js';
import { ordersExpire } from './orders-expire.js';
import { orders } from './orders.js';
import { rebuild } from './rebuild.js';
import { relay } from './relay.js';
import { rush } from './rush.js';
import { start } from './start.js';
import { visible } from './visible.js';
import { waitingRoom } from './waiting-room.js';

/** In the order of the table. Those that need the large coupon stand together; issuing more of it comes last. */
export const rows: ReadonlyArray<Row> = [
  accept,
  authenticated,
  rush,
  visible,
  decide,
  relay,
  rebuild,
  load,
  start,
  issueCost,
  openEvent,
  openingLateness,
  waitingRoom,
  orders,
  ordersExpire,
];
