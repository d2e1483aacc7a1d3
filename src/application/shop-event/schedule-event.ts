import { either as E, type taskEither as TE } from 'fp-ts';
import { type EventScheduled } from '../../domain/shop-event/events.js';
import { scheduleEvent as decide } from '../../domain/shop-event/schedule-event.js';
import { begunWith } from '../kernel/writer/begun-with.js';
import { readAggregate } from '../kernel/writer/load-aggregate.js';
import { type EventSeen, seen } from './events.js';
import { handleEvent, type HandleEventError, type HandleEventPorts } from './handle-event.js';
import { eventStream, saleAggregate } from './sale-aggregate.js';

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

export type ScheduleEvent = (event: EventToSchedule) => TE.TaskEither<HandleEventError<'EVENT_EXISTS'>, EventSeen>;

/** A new event, which opens by itself when its time has come; repeated, it is answered as it is by then. */
export const scheduleEvent = (ports: HandleEventPorts): ScheduleEvent => {
  const handle = handleEvent(ports)(decide);
  const read = readAggregate(ports);
  return ({ eventId = ports.ids.next(), correlationId, ...event }) =>
    async () => {
      const wanted = { eventId, ...event, at: ports.clock.now() };
      const scheduled = await handle({ type: 'ScheduleEvent', ...wanted }, { eventId, correlationId })();
      if (E.isRight(scheduled) || scheduled.left.code !== 'EVENT_EXISTS') return scheduled;
      const first: EventScheduled = { type: 'EventScheduled', ...wanted };
      const before = await begunWith(ports.eventStore)(eventStream(eventId), first)();
      if (E.isLeft(before)) return E.left({ code: 'UNAVAILABLE' });
      if (before.right === null) return scheduled;
      const now = await read(saleAggregate, eventStream(eventId))();
      if (E.isLeft(now) || now.right.state.status === 'Unknown') return E.left({ code: 'UNAVAILABLE' });
      await ports.awaitVisible(now.right.position ?? before.right, eventId)();
      return E.right(seen(now.right.state));
    };
};
