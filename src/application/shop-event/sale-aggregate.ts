import { z } from 'zod';
import { evolve, unknownSale } from '../../domain/shop-event/event.js';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { eventSchemas } from '../kernel/events/event-schemas.js';
import { aggregateOf } from '../kernel/writer/aggregate.js';

export const EVENT_STREAMS = 'event-';
export const eventStream = (eventId: string): string => `${EVENT_STREAMS}${eventId}`;

export const isSaleEvent = eventSchemas<SaleEvent>()({
  EventScheduled: z.object({
    eventId: z.string(),
    name: z.string(),
    opensAt: z.number(),
    scheduleId: z.string().nullable(),
    at: z.number(),
  }),
  EventRescheduled: z.object({ eventId: z.string(), opensAt: z.number(), at: z.number() }),
  EventOpened: z.object({ name: z.string(), opensAt: z.number(), eventId: z.string(), at: z.number() }),
  EventClosed: z.object({ eventId: z.string(), at: z.number() }),
  EventCancelled: z.object({ name: z.string().exactOptional(), eventId: z.string(), at: z.number() }),
});

/** A handful of events each: no snapshots. */
export const saleAggregate = aggregateOf({ initial: unknownSale, evolve }, isSaleEvent);
