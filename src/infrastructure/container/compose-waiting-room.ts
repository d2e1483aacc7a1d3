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
import { boundIn } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** What becomes of waiting rooms: the calls of HTTP, the writer, and the guard of what is sold behind one. */
export const composeWaitingRoom = (container: Container): void => {
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
    .toDynamicValue((context) => {
      const {
        eventStore,
        snapshots,
        logger,
        messageLog: log,
        clock,
        snapshotKeeper,
        parkedStreams,
        config: { WAITING_IN_MEMORY: mostHeld },
      } = boundIn(context);
      return decideWaitingRequests({
        eventStore,
        snapshots,
        logger,
        log,
        clock,
        snapshotKeeper,
        parkedStreams,
        mostHeld,
      });
    })
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
    .toDynamicValue((context) => {
      const {
        eventStore,
        readModels,
        passes,
        presence,
        requestLog: log,
        clock,
        config: { AUTH },
      } = boundIn(context);
      return requireActive({
        needsPass: AUTH === 'jwt',
        scheduleOfEvent: scheduleOfEvent(eventStore),
        readModels,
        passes,
        presence,
        log,
        now: clock.now,
      });
    })
    .inSingletonScope();

  container
    .bind(T.WaitingCalls)
    .toDynamicValue((context) => {
      const { requestLog: log, readModels, clock, ids, presence, passes, config } = boundIn(context);
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
    })
    .inSingletonScope();
};
