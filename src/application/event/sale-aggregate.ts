import { evolve, type Sale, unknownSale } from '../../domain/event/event.js';
import { type SaleEvent } from '../../domain/event/events.js';
import { type Aggregate } from '../handling/aggregate.js';
import { eventsOf } from '../handling/events-of.js';

export const isSaleEvent = eventsOf<SaleEvent>({
  EventScheduled: true,
  EventRescheduled: true,
  EventOpened: true,
  EventClosed: true,
  EventCancelled: true,
});

/** A handful of events each: no snapshots. */
export const saleAggregate: Aggregate<Sale, SaleEvent> = {
  initial: unknownSale,
  evolve,
  isEvent: isSaleEvent,
  snapshots: null,
};
