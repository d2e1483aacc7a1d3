import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Sale } from './event.js';
import { type EventOpened, type SaleEvent } from './events.js';

export type OpenEvent = CommandFrom<Omit<EventOpened, 'name' | 'opensAt'>, 'OpenEvent'>;

/** Never before its time, whatever clock says so; opening what is open changes nothing. */
export const openEvent = (
  { eventId, at }: OpenEvent,
  sale: Sale,
): Decided<SaleEvent, 'EVENT_NOT_FOUND' | 'INVALID_EVENT_STATE' | 'TOO_EARLY'> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status === 'Open') return E.right([]);
  if (sale.status !== 'Pending') return E.left('INVALID_EVENT_STATE');
  if (at < sale.opensAt) return E.left('TOO_EARLY');
  return E.right([{ type: 'EventOpened', eventId, name: sale.name, opensAt: sale.opensAt, at }]);
};
