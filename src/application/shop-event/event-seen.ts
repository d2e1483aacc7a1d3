import { type ScheduledSale } from '../../domain/shop-event/event.js';

export type EventStatus = 'PENDING' | 'OPEN' | 'CLOSED' | 'CANCELLED';

/** An event of the shop as it is shown. Times are epoch milliseconds. */
export interface EventSeen {
  readonly eventId: string;
  readonly name: string;
  readonly status: EventStatus;
  readonly opensAt: number;
  /** When it really opened; null while it has not. */
  readonly openedAt: number | null;
  /** The waiting room in front of it; null when it has none. */
  readonly scheduleId: string | null;
}

const statuses = { Pending: 'PENDING', Open: 'OPEN', Closed: 'CLOSED', Cancelled: 'CANCELLED' } as const;

export const seen = ({ status, ...event }: ScheduledSale): EventSeen => ({ ...event, status: statuses[status] });
