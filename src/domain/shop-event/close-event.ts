import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Sale } from './event.js';
import { type EventClosed, type SaleEvent } from './events.js';

export type CloseEvent = CommandFrom<EventClosed, 'CloseEvent'>;

export const closeEvent = (
  { eventId, at }: CloseEvent,
  sale: Sale,
): Decided<SaleEvent, 'EVENT_NOT_FOUND' | 'INVALID_EVENT_STATE'> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status === 'Closed') return E.right([]);
  if (sale.status !== 'Open') return E.left('INVALID_EVENT_STATE');
  return E.right([{ type: 'EventClosed', eventId, at }]);
};
