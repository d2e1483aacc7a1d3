import { type Container } from 'inversify';
import { challengeOfSchedule } from '../../application/waiting-room/challenge-of-schedule.js';
import { jwtPasses, encryptedSigningKeys } from '../../adapters/jwt/index.js';
import { completeVisit } from '../../application/waiting-room/complete-visit.js';
import { configureSchedule } from '../../application/waiting-room/configure-schedule.js';
import { decideWaitingRequests } from '../../application/waiting-room/decide-waiting-requests.js';
import { joinQueue } from '../../application/waiting-room/join-queue.js';
import { leaveQueue } from '../../application/waiting-room/leave-queue.js';
import { requireActive } from '../../application/waiting-room/require-active.js';
import { tokenById } from '../../application/waiting-room/token-by-id.js';
import { scheduleById } from '../../application/waiting-room/schedule-by-id.js';
import { scheduleOfEvent } from './schedule-of-event.js';
import { Tokens as T } from './tokens.js';

/** What becomes of waiting rooms: the calls of HTTP, the writer, and the guard of what is sold behind one. */
export const bindWaiting = (container: Container): void => {
  container
    .bind(T.Passes)
    .toResolvedValue(
      (stored, clock, { PASS_ROTATION_MS: rotationMs, KEYS_SECRET: secret }) => {
        const keys = secret === undefined ? stored : encryptedSigningKeys(stored, secret, 'passes');
        return jwtPasses({ keys, now: clock.now, rotationMs });
      },
      [T.PassKeys, T.Clock, T.Config],
    )
    .inSingletonScope();

  container
    .bind(T.DecideWaitingRequests)
    .toResolvedValue(
      (eventStore, snapshots, logger, log, clock, snapshotKeeper, parkedStreams, { WAITING_IN_MEMORY: mostHeld }) =>
        decideWaitingRequests({ eventStore, snapshots, logger, log, clock, snapshotKeeper, parkedStreams, mostHeld }),
      [T.EventStore, T.Snapshots, T.Log, T.MessageLog, T.Clock, T.SnapshotKeeper, T.ParkedStreams, T.Config],
    )
    .inSingletonScope();

  container
    .bind(T.CompleteVisit)
    .toResolvedValue(
      (readModels, log, clock) => completeVisit({ readModels, log, clock }),
      [T.ReadModels, T.MessageLog, T.Clock],
    )
    .inSingletonScope();

  container
    .bind(T.RequireActive)
    .toResolvedValue(
      (eventStore, readModels, passes, presence, log, clock, { AUTH }) =>
        requireActive({
          needsPass: AUTH === 'jwt',
          scheduleOfEvent: scheduleOfEvent(eventStore),
          readModels,
          passes,
          presence,
          log,
          now: clock.now,
        }),
      [T.EventStore, T.ReadModels, T.Passes, T.Presence, T.RequestLog, T.Clock, T.Config],
    )
    .inSingletonScope();

  container
    .bind(T.WaitingCalls)
    .toResolvedValue(
      (log, readModels, clock, ids, presence, passes, config) => {
        const asking = { log, readModels, clock, ids, waitMs: config.OPERATION_TIMEOUT_MS };
        const defaults = {
          waitingIdle: config.WAITING_IDLE_MS,
          claimWithin: config.WAITING_CLAIM_MS,
          activeIdle: config.WAITING_ACTIVE_IDLE_MS,
        };
        return {
          configureSchedule: configureSchedule({ ...asking, defaults }),
          scheduleById: scheduleById(asking),
          challengeOfSchedule: challengeOfSchedule(asking),
          joinQueue: joinQueue({ ...asking, passes, presence }),
          tokenById: tokenById({ ...asking, passes, presence }),
          leaveQueue: leaveQueue(asking),
          publishedKeys: passes.published,
        };
      },
      [T.RequestLog, T.ReadModels, T.Clock, T.Ids, T.Presence, T.Passes, T.Config],
    )
    .inSingletonScope();
};
