import { type Container } from 'inversify';
import { challengeOfSchedule } from '../../application/waiting-room/challenge-of-schedule.js';
import { jwtPasses } from '../../adapters/jwt/jwt-passes.js';
import { encryptedSigningKeys } from '../../adapters/jwt/encrypted-signing-keys.js';
import { completeVisit } from '../../application/waiting-room/complete-visit.js';
import { configureSchedule } from '../../application/waiting-room/configure-schedule.js';
import { decideWaitingRequests } from '../../application/waiting-room/decide-waiting-requests.js';
import { joinQueue } from '../../application/waiting-room/join-queue.js';
import { leaveQueue } from '../../application/waiting-room/leave-queue.js';
import { requireActive } from '../../application/waiting-room/require-active.js';
import { tokenById } from '../../application/waiting-room/token-by-id.js';
import { scheduleById } from '../../application/waiting-room/schedule-by-id.js';
import { scheduleOfEvent } from './schedule-of-event.js';
import { bindOnce } from './bound-in.js';
import { Tokens as T } from './tokens.js';

/** What becomes of waiting rooms: the calls of HTTP, the writer, and the guard of what is sold behind one. */
export const composeWaitingRoom = (container: Container): void => {
  bindOnce(container, T.Passes, ({ passKeys: stored, clock, config }) => {
    const { PASS_ROTATION_MS: rotationMs, KEYS_SECRET: secret } = config;
    const keys = secret === undefined ? stored : encryptedSigningKeys(stored, secret, 'passes');
    return jwtPasses({ keys, now: clock.now, rotationMs });
  });
  bindOnce(container, T.DecideWaitingRequests, (bound) => {
    const { eventStore, snapshots, logger, messageLog: log, clock, snapshotKeeper, parkedStreams, config } = bound;
    const deciding = { eventStore, snapshots, logger, log, clock, snapshotKeeper, parkedStreams };
    return decideWaitingRequests({ ...deciding, mostHeld: config.WAITING_IN_MEMORY });
  });
  bindOnce(container, T.CompleteVisit, ({ readModels, messageLog: log, clock }) =>
    completeVisit({ readModels, log, clock }),
  );
  bindOnce(container, T.RequireActive, ({ eventStore, readModels, passes, presence, requestLog: log, clock, config }) =>
    requireActive({
      needsPass: config.AUTH === 'jwt',
      scheduleOfEvent: scheduleOfEvent(eventStore),
      readModels,
      passes,
      presence,
      log,
      now: clock.now,
    }),
  );
  bindOnce(container, T.WaitingCalls, ({ requestLog: log, readModels, clock, ids, presence, passes, config }) => {
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
  });
};
