import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import {
  type EventCancelled,
  type EventClosed,
  type EventOpened,
  type EventRescheduled,
  type EventScheduled,
  type SaleEvent,
} from './events.js';

export interface UnknownSale {
  readonly status: 'Unknown';
}

export interface ScheduledSale {
  readonly status: 'Pending' | 'Open' | 'Closed' | 'Cancelled';
  readonly eventId: string;
  readonly name: string;
  readonly opensAt: Instant;
  readonly scheduleId: string | null;
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

export type ScheduleEvent = CommandFrom<EventScheduled, 'ScheduleEvent'>;
export type RescheduleEvent = CommandFrom<EventRescheduled, 'RescheduleEvent'>;
export type OpenEvent = CommandFrom<Omit<EventOpened, 'name' | 'opensAt'>, 'OpenEvent'>;
export type CloseEvent = CommandFrom<EventClosed, 'CloseEvent'>;
export type CancelEvent = CommandFrom<Omit<EventCancelled, 'name'>, 'CancelEvent'>;

/** Why what was scheduled is not changed. */
export type ChangeRejection = 'EVENT_NOT_FOUND' | 'INVALID_EVENT_STATE';

/** A moment already past is allowed: it opens at once. */
export const scheduleEvent = ({ type: _, ...event }: ScheduleEvent, sale: Sale): Decided<SaleEvent, 'EVENT_EXISTS'> =>
  sale.status === 'Unknown' ? E.right([{ type: 'EventScheduled', ...event }]) : E.left('EVENT_EXISTS');

/** Only what has not opened can be moved. */
export const rescheduleEvent = (
  { eventId, opensAt, at }: RescheduleEvent,
  sale: Sale,
): Decided<SaleEvent, ChangeRejection> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status !== 'Pending') return E.left('INVALID_EVENT_STATE');
  if (sale.opensAt === opensAt) return E.right([]);
  return E.right([{ type: 'EventRescheduled', eventId, opensAt, at }]);
};

/** Never before its time, whatever clock says so; opening what is open changes nothing. */
export const openEvent = (
  { eventId, at }: OpenEvent,
  sale: Sale,
): Decided<SaleEvent, ChangeRejection | 'TOO_EARLY'> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status === 'Open') return E.right([]);
  if (sale.status !== 'Pending') return E.left('INVALID_EVENT_STATE');
  if (at < sale.opensAt) return E.left('TOO_EARLY');
  return E.right([{ type: 'EventOpened', eventId, name: sale.name, opensAt: sale.opensAt, at }]);
};

export const closeEvent = ({ eventId, at }: CloseEvent, sale: Sale): Decided<SaleEvent, ChangeRejection> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status === 'Closed') return E.right([]);
  if (sale.status !== 'Open') return E.left('INVALID_EVENT_STATE');
  return E.right([{ type: 'EventClosed', eventId, at }]);
};

/** Before it opens or while it is open; what is closed stays closed. */
export const cancelEvent = ({ eventId, at }: CancelEvent, sale: Sale): Decided<SaleEvent, ChangeRejection> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status === 'Cancelled') return E.right([]);
  if (sale.status === 'Closed') return E.left('INVALID_EVENT_STATE');
  return E.right([{ type: 'EventCancelled', eventId, name: sale.name, at }]);
};
