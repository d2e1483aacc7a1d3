import { couponProjections } from '../coupon/coupon-projections.js';
import { allDeadlinesView } from './all-deadlines.js';
import { waitingRoomsView } from '../waiting-room/waiting-rooms.js';
import { actsView } from './audit-trail/acts-view.js';
import { deadLettersView } from './dead-letters/dead-letters-view.js';
import { eventProjections } from '../shop-event/events.js';
import { orderProjections } from '../checkout/views.js';
import { timelineProjections } from './timeline/timelines.js';
import { stockProjections } from '../checkout/stock/views/index.js';
import { deliveriesView } from '../notices/webhooks/deliveries-view.js';
import { webhooksView } from '../notices/webhooks/webhooks-view.js';
import { parkedStreamsView } from '../kernel/process/parked-streams-view.js';
import { allOutcomesView } from './all-outcomes.js';
import { type Projection, projectionOf } from '../kernel/projection/projection.js';

/** Every view there is. */
export const allProjections: ReadonlyArray<Projection> = [
  ...couponProjections,
  ...eventProjections,
  ...stockProjections,
  ...orderProjections,
  ...timelineProjections,
  projectionOf(actsView),
  projectionOf(deadLettersView),
  projectionOf(allOutcomesView),
  projectionOf(allDeadlinesView),
  projectionOf(waitingRoomsView),
  projectionOf(parkedStreamsView),
  projectionOf(webhooksView),
  projectionOf(deliveriesView),
];

/**
 * Views of earlier versions that no longer exist. Their documents are dropped when the projector starts: they take up space,
 * and may hold data of users who asked to be forgotten. These names must not be used again.
 */
export const retiredViews: ReadonlyArray<string> = [
  'issue-requests',
  'notices',
  'payments',
  'rejected-requests',
  'stock-audit',
  'stock-deliveries',
];
