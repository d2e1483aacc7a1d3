import { z } from 'zod';
import { type ScheduledSale } from '../../domain/shop-event/event.js';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { type Projection, projectionOf } from '../kernel/projection/projection.js';
import { type View } from '../kernel/projection/view.js';
import { EVENT_STREAMS, isSaleEvent } from './sale-aggregate.js';

const eventDocument = z.object({
  eventId: z.string(),
  name: z.string(),
  status: z.enum(['PENDING', 'OPEN', 'CLOSED', 'CANCELLED']),
  opensAt: z.number(),
  /** When it really opened; null while it has not. */
  openedAt: z.number().nullable(),
  /** The waiting room in front of it; null when it has none. */
  scheduleId: z.string().nullable(),
});

/** An event of the shop, as it is kept and shown. Times are epoch milliseconds. */
export type EventSeen = Readonly<z.infer<typeof eventDocument>>;

const statuses = { Pending: 'PENDING', Open: 'OPEN', Closed: 'CLOSED', Cancelled: 'CANCELLED' } as const;

export const seen = ({ status, ...event }: ScheduledSale): EventSeen => ({ ...event, status: statuses[status] });

const apply = (document: EventSeen | null, event: SaleEvent): EventSeen | null => {
  if (event.type === 'EventScheduled') {
    const { eventId, name, opensAt, scheduleId } = event;
    return { eventId, name, status: 'PENDING', opensAt, openedAt: null, scheduleId };
  }
  if (document === null) return null;
  switch (event.type) {
    case 'EventRescheduled':
      return { ...document, opensAt: event.opensAt };
    case 'EventOpened':
      return { ...document, status: 'OPEN', openedAt: event.at };
    case 'EventClosed':
      return { ...document, status: 'CLOSED' };
    case 'EventCancelled':
      return { ...document, status: 'CANCELLED' };
  }
};

/** By eventId; index `status` by status, in order of opening. */
export const eventsView: View<EventSeen> = {
  name: 'events',
  version: 1,
  schema: eventDocument,
  streamPrefixes: [EVENT_STREAMS],
  documentIds: ({ event }) => (isSaleEvent(event) ? [event.eventId] : []),
  creates: ({ event }) => event.type === 'EventScheduled',
  fold: (document, { event }) => (isSaleEvent(event) ? apply(document, event) : document),
  entries: ({ status, opensAt }) => [{ index: 'status', key: status, sort: opensAt }],
};

/** Every view of this context. */
export const eventProjections: ReadonlyArray<Projection> = [projectionOf(eventsView)];
