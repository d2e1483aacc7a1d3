import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Sale } from './event.js';
import { type EventScheduled, type SaleEvent } from './events.js';

export type ScheduleEvent = CommandFrom<EventScheduled, 'ScheduleEvent'>;

/** A moment already past is allowed: it opens at once. */
export const scheduleEvent = ({ type: _, ...event }: ScheduleEvent, sale: Sale): Decided<SaleEvent, 'EVENT_EXISTS'> =>
  sale.status === 'Unknown' ? E.right([{ type: 'EventScheduled', ...event }]) : E.left('EVENT_EXISTS');
