import { type taskEither as TE } from 'fp-ts';
import { cancelEvent as decideCancel, type CancelRejection } from '../../domain/shop-event/cancel-event.js';
import { closeEvent as decideClose } from '../../domain/shop-event/close-event.js';
import { rescheduleEvent as decideReschedule } from '../../domain/shop-event/reschedule-event.js';
import { type EventSeen } from './events.js';
import { type EventOperation, handleEvent, type HandleEventError, type HandleEventPorts } from './handle-event.js';

export type ChangeEvent<Operation = EventOperation> = (
  operation: Operation,
) => TE.TaskEither<HandleEventError<CancelRejection>, EventSeen>;
export type RescheduleEvent = ChangeEvent<EventOperation & { readonly opensAt: number }>;

/** Calls an event off, before it opens or while it is open: what is tied to it sells no more. */
export const cancelEvent = (ports: HandleEventPorts): ChangeEvent => {
  const handle = handleEvent(ports)(decideCancel);
  return (operation) => handle({ type: 'CancelEvent', eventId: operation.eventId, at: ports.clock.now() }, operation);
};

/** Ends an event that is open: what is tied to it sells no more. */
export const closeEvent = (ports: HandleEventPorts): ChangeEvent => {
  const handle = handleEvent(ports)(decideClose);
  return (operation) => handle({ type: 'CloseEvent', eventId: operation.eventId, at: ports.clock.now() }, operation);
};

/** Moves the opening of an event that has not opened. */
export const rescheduleEvent = (ports: HandleEventPorts): RescheduleEvent => {
  const handle = handleEvent(ports)(decideReschedule);
  return ({ opensAt, ...operation }) =>
    handle({ type: 'RescheduleEvent', eventId: operation.eventId, opensAt, at: ports.clock.now() }, operation);
};
