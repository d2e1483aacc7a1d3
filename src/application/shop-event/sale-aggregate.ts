import { evolve, type Sale, unknownSale } from '../../domain/shop-event/event.js';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { type Aggregate } from '../kernel/writer/aggregate.js';
import { shapedEvents } from '../kernel/writer/shaped-events.js';

export const isSaleEvent = shapedEvents<SaleEvent>({
  EventScheduled: { eventId: 'string', name: 'string', opensAt: 'number', scheduleId: 'string|null', at: 'number' },
  EventRescheduled: { eventId: 'string', opensAt: 'number', at: 'number' },
  EventOpened: { name: 'string', opensAt: 'number', eventId: 'string', at: 'number' },
  EventClosed: { eventId: 'string', at: 'number' },
  EventCancelled: { 'name?': 'string', eventId: 'string', at: 'number' },
});

/** A handful of events each: no snapshots. */
export const saleAggregate: Aggregate<Sale, SaleEvent> = {
  initial: unknownSale,
  evolve,
  isEvent: isSaleEvent,
  snapshots: null,
};
