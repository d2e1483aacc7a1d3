import { orderDeadlines } from '../checkout/deadlines/order-deadlines.js';
import { stockOutcomeRule } from '../checkout/stock/stock-outcomes.js';
import { orderProjections } from '../checkout/views.js';
import { couponOutcomeRule } from '../coupon/coupon-outcomes.js';
import { couponProjections } from '../coupon/coupon-projections.js';
import { outcomesView } from '../kernel/outcome/outcomes.js';
import { type DeadlineRule, deadlinesView } from '../kernel/process/deadlines/deadline.js';
import { parkedStreamsView } from '../kernel/process/parked-streams-view.js';
import { type Projection, projectionOf } from '../kernel/projection/projection.js';
import { deliveriesView, webhookDeadlines } from '../notices/webhooks/deliveries-view.js';
import { webhooksView } from '../notices/webhooks/webhooks-view.js';
import { eventProjections } from '../shop-event/events.js';
import { openingDeadlines } from '../shop-event/opening-deadline.js';
import { waitingDeadlines } from '../waiting-room/waiting-deadlines.js';
import { waitingOutcomeRule } from '../waiting-room/waiting-outcomes.js';
import { waitingRoomsView } from '../waiting-room/waiting-rooms.js';
import { actsView } from './audit-trail/acts-view.js';
import { deadLettersView } from './dead-letters/dead-letters-view.js';
import { timelineProjections } from './timeline/timelines.js';

/** What became of every request to a writer: the rule of a new context is added here. */
export const allOutcomesView = outcomesView([couponOutcomeRule, stockOutcomeRule, waitingOutcomeRule]);

/** The deadlines of every context: a new one is added here, its handler where the runner is wired. */
const rules: ReadonlyArray<DeadlineRule> = [openingDeadlines, waitingDeadlines, orderDeadlines, webhookDeadlines];

/** Everything that is or will be due. */
export const allDeadlinesView = deadlinesView(rules);

/** Every view there is. */
export const allProjections: ReadonlyArray<Projection> = [
  ...couponProjections,
  ...eventProjections,
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
