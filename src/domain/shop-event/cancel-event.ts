import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Sale } from './event.js';
import { type EventCancelled, type SaleEvent } from './events.js';

export type CancelEvent = CommandFrom<Omit<EventCancelled, 'name'>, 'CancelEvent'>;

export type CancelRejection = 'EVENT_NOT_FOUND' | 'INVALID_EVENT_STATE';

/** Before it opens or while it is open; what is closed stays closed. */
export const cancelEvent = ({ eventId, at }: CancelEvent, sale: Sale): Decided<SaleEvent, CancelRejection> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status === 'Cancelled') return E.right([]);
  if (sale.status === 'Closed') return E.left('INVALID_EVENT_STATE');
  return E.right([{ type: 'EventCancelled', eventId, name: sale.name, at }]);
};
