import { couponProjections } from '../../application/coupon/coupon-projections.js';
import { allDeadlinesView } from '../../application/operating/all-deadlines.js';
import { waitingRoomsView } from '../../application/waiting-room/waiting-rooms.js';
import { actsView } from '../../application/operating/audit-trail/acts-view.js';
import { deadLettersView } from '../../application/operating/dead-letters/dead-letters-view.js';
import { eventProjections } from '../../application/shop-event/event-projections.js';
import { orderProjections } from '../../application/checkout/views.js';
import { timelineProjections } from '../../application/operating/timeline/timeline-projections.js';
import { stockProjections } from '../../application/checkout/stock/views/index.js';
import { deliveriesView } from '../../application/notices/webhooks/deliveries-view.js';
import { webhooksView } from '../../application/notices/webhooks/webhooks-view.js';
import { parkedStreamsView } from '../../application/kernel/process/parked-streams-view.js';
import { allOutcomesView } from '../../application/operating/all-outcomes.js';
import { type Projection, projectionOf } from '../../application/kernel/projection/projection.js';
import {
  type Projections,
  startProjections,
  type StartProjectionsPorts,
} from '../../application/kernel/projection/start-projections.js';

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

/** The projections of this process, if it runs any; used to report their state. */
export interface ProjectionRunner {
  readonly start: () => Projections;
  /** Null for a view that is not run here. */
  readonly status: Projections['status'];
}

export const projectionRunner = (ports: StartProjectionsPorts): ProjectionRunner => {
  let running: Projections | undefined;
  return {
    start: () => (running ??= startProjections(ports)(allProjections)),
    status: (view) => running?.status(view) ?? null,
  };
};
