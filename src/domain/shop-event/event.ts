import { type Instant } from '../time.js';
import { type EventScheduled, type SaleEvent } from './events.js';

export interface UnknownSale {
  readonly status: 'Unknown';
}

export interface ScheduledSale extends Omit<EventScheduled, 'type' | 'at'> {
  readonly status: 'Pending' | 'Open' | 'Closed' | 'Cancelled';
  /** When it really opened; null while it has not. */
  readonly openedAt: Instant | null;
}

/** An event of the shop: something that opens at a moment. Named a sale here, where «event» means what has happened. */
export type Sale = UnknownSale | ScheduledSale;

export const unknownSale: UnknownSale = { status: 'Unknown' };

export const evolve = (sale: Sale, event: SaleEvent): Sale => {
  if (event.type === 'EventScheduled') {
    const { eventId, name, opensAt, scheduleId } = event;
    return { status: 'Pending', eventId, name, opensAt, scheduleId, openedAt: null };
  }
  if (sale.status === 'Unknown') return sale;
  switch (event.type) {
    case 'EventRescheduled':
      return { ...sale, opensAt: event.opensAt };
    case 'EventOpened':
      return { ...sale, status: 'Open', openedAt: event.at };
    case 'EventClosed':
      return { ...sale, status: 'Closed' };
    case 'EventCancelled':
      return { ...sale, status: 'Cancelled' };
  }
};
