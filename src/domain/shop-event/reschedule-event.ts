import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Sale } from './event.js';
import { type EventRescheduled, type SaleEvent } from './events.js';

export type RescheduleEvent = CommandFrom<EventRescheduled, 'RescheduleEvent'>;

/** Only what has not opened can be moved. */
export const rescheduleEvent = (
  { eventId, opensAt, at }: RescheduleEvent,
  sale: Sale,
): Decided<SaleEvent, 'EVENT_NOT_FOUND' | 'INVALID_EVENT_STATE'> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status !== 'Pending') return E.left('INVALID_EVENT_STATE');
  if (sale.opensAt === opensAt) return E.right([]);
  return E.right([{ type: 'EventRescheduled', eventId, opensAt, at }]);
};
