import { type taskEither as TE } from 'fp-ts';
import { closeEvent as decide, type CloseRejection } from '../../domain/shop-event/close-event.js';
import { type EventSeen } from './events.js';
import { type EventOperation, handleEvent, type HandleEventError, type HandleEventPorts } from './handle-event.js';

export type CloseEvent = (operation: EventOperation) => TE.TaskEither<HandleEventError<CloseRejection>, EventSeen>;

/** Ends an event that is open: what is tied to it sells no more. */
export const closeEvent = (ports: HandleEventPorts): CloseEvent => {
  const handle = handleEvent(ports)(decide);
  return (operation) => handle({ type: 'CloseEvent', eventId: operation.eventId, at: ports.clock.now() }, operation);
};
