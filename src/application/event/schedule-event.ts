import { type taskEither as TE } from 'fp-ts';
import { type ScheduleRejection, scheduleEvent as decide } from '../../domain/event/schedule-event.js';
import { type EventSeen } from './event-seen.js';
import { handleEvent, type HandleEventError, type HandleEventPorts } from './handle-event.js';

export interface EventToSchedule {
  /** The operator's own, if there is one. */
  readonly eventId?: string;
  readonly name: string;
  /** Epoch milliseconds. One already past opens at once. */
  readonly opensAt: number;
  /** The waiting room in front of it, if it is gated. */
  readonly scheduleId: string | null;
  readonly correlationId: string;
}

export type ScheduleEvent = (event: EventToSchedule) => TE.TaskEither<HandleEventError<ScheduleRejection>, EventSeen>;

/** A new event, which opens by itself when its time has come. */
export const scheduleEvent = (ports: HandleEventPorts): ScheduleEvent => {
  const handle = handleEvent(ports)(decide);
  return ({ eventId = ports.ids.next(), correlationId, ...event }) =>
    handle({ type: 'ScheduleEvent', eventId, ...event, at: ports.clock.now() }, { eventId, correlationId });
};
