import { either as E, taskEither as TE } from 'fp-ts';
import { WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { type Deadline, type DeadlineHandlers, type NotCarriedOut } from '../kernel/process/deadlines/deadline.js';
import { type MessageLog } from '../ports/message-log.js';
import { type Presence } from '../ports/presence.js';
import { userPresence } from './user-presence.js';
import { ADMISSION, TOKEN_EXPIRY } from './waiting-deadlines.js';
import { toWaitingMessage, type WaitingRequest } from './waiting-messages.js';

export interface WaitingDeadlinePorts {
  readonly log: Pick<MessageLog, 'publish'>;
  readonly presence: Presence;
  /** How long a promoted place waits to be claimed; milliseconds. */
  readonly claimWithin: number;
}

/** Derived from the deadline: the same one is the same request, however often it is carried out. */
const requestOf = (deadline: Deadline): string => `${deadline.id.replace('/', '-')}-${deadline.dueAt}`;

/**
 * Publishes what a waiting room's writer is to decide when a deadline comes; the writer makes the final decision. A
 * waiting place is kept by calls for it, and by its user listening to notices.
 */
export const waitingDeadlineHandlers = ({ log, presence, claimWithin }: WaitingDeadlinePorts): DeadlineHandlers => {
  const send =
    (
      request: WaitingRequest,
      now: number,
      { correlationId = request.requestId }: Deadline,
    ): TE.TaskEither<NotCarriedOut, void> =>
    async () => {
      const message = toWaitingMessage(request, now, { correlationId });
      const published = await log.publish(WAITING_TOKEN, message)();
      return E.isLeft(published) ? E.left({ reason: published.left }) : E.right(undefined);
    };

  return {
    [ADMISSION]: (deadline, now) => {
      const { scheduleId = '', announcement = '' } = deadline.ref;
      return send({ eventType: 'ADMIT', scheduleId, requestId: `admit-${announcement}` }, now, deadline);
    },
    [TOKEN_EXPIRY]: (deadline, now) => async () => {
      const { scheduleId = '', tokenId = '', userId, state } = deadline.ref;
      const since = await presence.since()();
      if (E.isLeft(since)) return E.left({ reason: since.left });
      const isOver = deadline.cap !== undefined && now >= deadline.cap;
      // Just after a start nobody can have claimed: the window is given again.
      if (state === 'Promoted' && !isOver && now < since.right + claimWithin)
        return E.left({ reason: 'the claim window begins anew', notBefore: since.right + claimWithin });
      const signs = [tokenId, ...(state === 'Waiting' && userId !== undefined ? [userPresence(userId)] : [])];
      const lastSeen = await TE.traverseArray(presence.lastSeen)(signs)();
      if (E.isLeft(lastSeen)) return E.left({ reason: lastSeen.left });
      const requestId = requestOf(deadline);
      const lastSeenAt = Math.max(...lastSeen.right);
      return send({ eventType: 'TOKEN_EXPIRE', scheduleId, tokenId, lastSeenAt, requestId }, now, deadline)();
    },
  };
};
