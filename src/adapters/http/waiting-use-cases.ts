import { type taskEither as TE } from 'fp-ts';
import { type ChallengeOfSchedule } from '../../application/waiting-room/challenge-of-schedule.js';
import { type ConfigureSchedule } from '../../application/waiting-room/configure-schedule.js';
import { type JoinQueue } from '../../application/waiting-room/join-queue.js';
import { type LeaveQueue } from '../../application/waiting-room/leave-queue.js';
import { type ScheduleById } from '../../application/waiting-room/schedule-by-id.js';
import { type TokenById } from '../../application/waiting-room/token-by-id.js';

/** What HTTP drives of the waiting room. */
export interface WaitingUseCases {
  readonly configureSchedule: ConfigureSchedule;
  readonly scheduleById: ScheduleById;
  readonly challengeOfSchedule: ChallengeOfSchedule;
  readonly joinQueue: JoinQueue;
  readonly tokenById: TokenById;
  readonly leaveQueue: LeaveQueue;
  /** A JSON Web Key Set (RFC 7517): what passes are verified with. */
  readonly publishedKeys: () => TE.TaskEither<'PassesUnavailable', { readonly keys: ReadonlyArray<object> }>;
}
