import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Sale } from './event.js';
import { type SaleEvent } from './events.js';

export interface RescheduleEvent {
  readonly type: 'RescheduleEvent';
  readonly eventId: string;
  readonly opensAt: Instant;
  readonly at: Instant;
}

export type RescheduleRejection = 'EVENT_NOT_FOUND' | 'INVALID_EVENT_STATE';

/** Only what has not opened can be moved. */
export const rescheduleEvent = (
  { eventId, opensAt, at }: RescheduleEvent,
  sale: Sale,
): E.Either<RescheduleRejection, ReadonlyArray<SaleEvent>> => {
  if (sale.status === 'Unknown') return E.left('EVENT_NOT_FOUND');
  if (sale.status !== 'Pending') return E.left('INVALID_EVENT_STATE');
  if (sale.opensAt === opensAt) return E.right([]);
  return E.right([{ type: 'EventRescheduled', eventId, opensAt, at }]);
};
