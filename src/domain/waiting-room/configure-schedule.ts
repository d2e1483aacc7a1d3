import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type AdmissionTerms, type ScheduleConfigured, type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type WaitingRoom } from './waiting-room.js';

export type ConfigureSchedule = CommandFrom<ScheduleConfigured, 'ConfigureSchedule'>;

const sameTerms = (a: AdmissionTerms, b: AdmissionTerms): boolean =>
  a.activeLimit === b.activeLimit &&
  a.activeTtl === b.activeTtl &&
  a.admitPerSecond === b.admitPerSecond &&
  a.waitingIdle === b.waitingIdle &&
  a.claimWithin === b.claimWithin &&
  a.activeIdle === b.activeIdle &&
  a.challenge === b.challenge;

/** A live change. Raising the limit lets in at once; lowering it evicts no one: the room drains. */
export const configureSchedule = (
  { scheduleId, terms, at }: ConfigureSchedule,
  room: WaitingRoom,
): Decided<WaitingRoomEvent> =>
  E.right(
    room.status === 'Open' && sameTerms(room.terms, terms)
      ? []
      : thenPromote(room, [{ type: 'ScheduleConfigured', scheduleId, terms, at }], at),
  );
