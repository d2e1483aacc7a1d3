import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Sale } from './event.js';
import { type SaleEvent } from './events.js';

export interface ScheduleEvent {
  readonly type: 'ScheduleEvent';
  readonly eventId: string;
  readonly name: string;
  readonly opensAt: Instant;
  readonly scheduleId: string | null;
  readonly at: Instant;
}

export type ScheduleRejection = 'EVENT_EXISTS';

/** A moment already past is allowed: it opens at once. */
export const scheduleEvent = (
  { type: _, ...event }: ScheduleEvent,
  sale: Sale,
): E.Either<ScheduleRejection, ReadonlyArray<SaleEvent>> =>
  sale.status === 'Unknown' ? E.right([{ type: 'EventScheduled', ...event }]) : E.left('EVENT_EXISTS');
