import { type taskEither as TE } from 'fp-ts';
import * as decide from '../../domain/shop-event/event.js';
import { type EventSeen } from './events.js';
import { type EventOperation, handleEvent, type HandleEventError, type HandleEventPorts } from './handle-event.js';

export type ChangeEvent<Operation = EventOperation> = (
  operation: Operation,
) => TE.TaskEither<HandleEventError<decide.ChangeRejection>, EventSeen>;
export type RescheduleEvent = ChangeEvent<EventOperation & { readonly opensAt: number }>;

/** Calls an event off, before it opens or while it is open: what is tied to it sells no more. */
export const cancelEvent = (ports: HandleEventPorts): ChangeEvent => {
  const handle = handleEvent(ports)(decide.cancelEvent);
  return (operation) => handle({ type: 'CancelEvent', eventId: operation.eventId, at: ports.clock.now() }, operation);
};

/** Ends an event that is open: what is tied to it sells no more. */
export const closeEvent = (ports: HandleEventPorts): ChangeEvent => {
  const handle = handleEvent(ports)(decide.closeEvent);
  return (operation) => handle({ type: 'CloseEvent', eventId: operation.eventId, at: ports.clock.now() }, operation);
};

/** Moves the opening of an event that has not opened. */
export const rescheduleEvent = (ports: HandleEventPorts): RescheduleEvent => {
  const handle = handleEvent(ports)(decide.rescheduleEvent);
  return ({ opensAt, ...operation }) =>
    handle({ type: 'RescheduleEvent', eventId: operation.eventId, opensAt, at: ports.clock.now() }, operation);
};
