import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { noChallenge } from '../../domain/challenge-policy.js';
import { recentPolicy, type Scarce } from '../kernel/challenge/recent-policy.js';
import { type Clock } from '../ports/clock.js';
import { type ReadModels } from '../ports/read-models.js';
import { readWaitingRooms } from './read-waiting-rooms.js';

/** The challenge that a user must solve to join a waiting room; null for none. */
export type ChallengeOfSchedule = (scheduleId: string) => Promise<Scarce | null>;

export interface ChallengeOfSchedulePorts {
  readonly readModels: ReadModels;
  readonly clock: Pick<Clock, 'elapsed' | 'wakeIn'>;
}

export const challengeOfSchedule = ({ readModels, clock }: ChallengeOfSchedulePorts): ChallengeOfSchedule => {
  const policyOf = recentPolicy(
    F.flow(readWaitingRooms(readModels).schedule, TE.map(O.map(({ terms }) => terms.challenge ?? noChallenge))),
    clock,
  );
  return async (scheduleId) => {
    const policy = await policyOf(scheduleId);
    return policy === noChallenge ? null : { what: `schedule/${scheduleId}`, policy };
  };
};
