import { type taskEither as TE } from 'fp-ts';
import { cancelEvent as decide, type CancelRejection } from '../../domain/shop-event/cancel-event.js';
import { type EventSeen } from './events.js';
import { type EventOperation, handleEvent, type HandleEventError, type HandleEventPorts } from './handle-event.js';

export type CancelEvent = (operation: EventOperation) => TE.TaskEither<HandleEventError<CancelRejection>, EventSeen>;

/** Calls an event off, before it opens or while it is open: what is tied to it sells no more. */
export const cancelEvent = (ports: HandleEventPorts): CancelEvent => {
  const handle = handleEvent(ports)(decide);
  return (operation) => handle({ type: 'CancelEvent', eventId: operation.eventId, at: ports.clock.now() }, operation);
};
