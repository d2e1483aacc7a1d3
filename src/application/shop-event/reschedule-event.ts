import { type taskEither as TE } from 'fp-ts';
import { type RescheduleRejection, rescheduleEvent as decide } from '../../domain/shop-event/reschedule-event.js';
import { type EventSeen } from './events.js';
import { handleEvent, type HandleEventError, type EventOperation, type HandleEventPorts } from './handle-event.js';

export type RescheduleEvent = (
  operation: EventOperation & { readonly opensAt: number },
) => TE.TaskEither<HandleEventError<RescheduleRejection>, EventSeen>;

/** Moves the opening of an event that has not opened. */
export const rescheduleEvent = (ports: HandleEventPorts): RescheduleEvent => {
  const handle = handleEvent(ports)(decide);
  return ({ opensAt, ...operation }) =>
    handle({ type: 'RescheduleEvent', eventId: operation.eventId, opensAt, at: ports.clock.now() }, operation);
};
