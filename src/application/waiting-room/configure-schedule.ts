import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type ChallengePolicy, noChallenge } from '../../domain/challenge-policy.js';
import { sameTerms } from '../../domain/waiting-room/configure-schedule.js';
import { type AdmissionTerms } from '../../domain/waiting-room/events.js';
import { type Ids } from '../ports/ids.js';
import { askWaitingRoom, type AskWaitingRoomPorts } from './ask-waiting-room.js';
import { type ScheduleSeen, seenSchedule } from './schedule-by-id.js';
import { scheduleDocumentId, type ScheduleDocument } from './views/documents.js';
import { onlyIf, readWaitingRooms } from './views/read-waiting-rooms.js';
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
  readonly ids: Ids;
  readonly defaults: RoomDefaults;
}

export const configureSchedule = (ports: ConfigureSchedulePorts): ConfigureSchedule => {
  const rooms = readWaitingRooms(ports.readModels);
  const ask = askWaitingRoom(ports);
  return ({ scheduleId, activeLimit, activeTtlSeconds, admitPerSecond = null, challenge = noChallenge, ...tracing }) =>
    async () => {
      const asking = challenge === noChallenge ? {} : { challenge };
      const pace = { activeLimit, activeTtl: activeTtlSeconds * 1_000, admitPerSecond };
      const terms: AdmissionTerms = { ...pace, ...ports.defaults, ...asking };
      const read = onlyIf(rooms.schedule(scheduleId), (room) => sameTerms(room.terms, terms));
      const known = await read();
      const now = (): number => ports.clock.now();
      if (E.isRight(known) && O.isSome(known.right)) return E.right(seenSchedule(known.right.value, now()));
      const request = { eventType: 'SCHEDULE_CONFIGURED', scheduleId, requestId: ports.ids.next(), terms } as const;
      const asked = await ask({ request, documentId: scheduleDocumentId(scheduleId), read, ...tracing })();
      return E.bimap(waitingError, (room: ScheduleDocument) => seenSchedule(room, now()))(asked);
    };
};
