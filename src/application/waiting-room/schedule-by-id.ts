import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type ChallengePolicy, noChallenge } from '../../domain/challenge-policy.js';
import { activationRate } from './place-in-line.js';
import { type ScheduleDocument } from './documents.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { type WaitingRoomError } from './waiting-error.js';
import { type Ports } from '../ports/ports.js';

export interface ScheduleSeen {
  readonly scheduleId: string;
  readonly activeLimit: number;
  readonly activeTtlSeconds: number;
  readonly admitPerSecond: number | null;
  readonly challenge: ChallengePolicy;
  readonly active: number;
  readonly waiting: number;
  /** Measured over the last minute; null is unknown. */
  readonly activationsPerSecond: number | null;
}

export type ScheduleById = (scheduleId: string) => TE.TaskEither<WaitingRoomError, ScheduleSeen>;

/** A schedule as it stands at a moment. */
export const scheduleAt = (room: ScheduleDocument, now: number): ScheduleSeen => {
  const { scheduleId, terms, active, waiting } = room;
  const { activeLimit, activeTtl, admitPerSecond, challenge = noChallenge } = terms;
  const rate = activationRate(room, now);
  return {
    scheduleId,
    activeLimit,
    activeTtlSeconds: activeTtl / 1_000,
    admitPerSecond,
    challenge,
    active,
    waiting,
    activationsPerSecond: rate === null ? null : Math.round(rate * 100) / 100,
  };
};

/** A schedule as queries see it. */
export const scheduleById =
  ({ readModels, clock }: Pick<Ports, 'readModels' | 'clock'>): ScheduleById =>
  (scheduleId) =>
  async () => {
    const found = await readWaitingRooms(readModels).schedule(scheduleId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    return O.isNone(found.right)
      ? E.left({ code: 'SCHEDULE_NOT_FOUND' })
      : E.right(scheduleAt(found.right.value, clock.now()));
  };
