import { either as E, type taskEither as TE } from 'fp-ts';
import { type ChallengePolicy, noChallenge } from '../../domain/challenge-policy.js';
import { type AdmissionTerms } from '../../domain/waiting-room/events.js';
import { awaitVisibleIn } from '../kernel/projection/await-visible.js';
import { askWaitingRoom, type AskWaitingRoomPorts } from './ask-waiting-room.js';
import { scheduleById, type ScheduleSeen } from './schedule-by-id.js';
import { waitingRoomsView } from './waiting-rooms.js';
import { waitingError, type WaitingRoomError } from './waiting-error.js';
import { type Tracing } from './waiting-messages.js';

export interface ScheduleToConfigure extends Tracing {
  readonly scheduleId: string;
  readonly activeLimit: number;
  readonly activeTtlSeconds: number;
  /** Beside the limit; absent for as many as the limit allows. */
  readonly admitPerSecond?: number;
  /** Absent: never. */
  readonly challenge?: ChallengePolicy;
}

/** Creates a schedule or changes it live; answered when queries see it. */
export type ConfigureSchedule = (schedule: ScheduleToConfigure) => TE.TaskEither<WaitingRoomError, ScheduleSeen>;

/** What an operator sets for all schedules; milliseconds. */
export type RoomDefaults = Pick<AdmissionTerms, 'waitingIdle' | 'claimWithin' | 'activeIdle'>;

export interface ConfigureSchedulePorts extends AskWaitingRoomPorts {
  readonly defaults: RoomDefaults;
}

export const configureSchedule = (ports: ConfigureSchedulePorts): ConfigureSchedule => {
  const ask = askWaitingRoom(ports);
  const schedule = scheduleById(ports);
  const visible = awaitVisibleIn(ports, ports.waitMs)(waitingRoomsView);
  return ({ scheduleId, activeLimit, activeTtlSeconds, admitPerSecond = null, challenge = noChallenge, ...tracing }) =>
    async () => {
      const asking = challenge === noChallenge ? {} : { challenge };
      const pace = { activeLimit, activeTtl: activeTtlSeconds * 1_000, admitPerSecond };
      const terms: AdmissionTerms = { ...pace, ...ports.defaults, ...asking };
      const request = { eventType: 'SCHEDULE_CONFIGURED', scheduleId, requestId: ports.ids.next(), terms } as const;
      const configured = await ask(request, tracing)();
      if (E.isLeft(configured)) return E.left(waitingError(configured.left));
      const shown = await visible(configured.right, scheduleId)();
      return E.isLeft(shown) ? E.left({ code: 'OUTCOME_UNKNOWN' }) : schedule(scheduleId)();
    };
};
