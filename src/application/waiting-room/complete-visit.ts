import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { notPublished } from '../kernel/messaging/not-published.js';
import { WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { type MessageLog } from '../ports/message-log.js';
import { readWaitingRooms } from './read-waiting-rooms.js';
import { type WaitingRoomError } from './waiting-error.js';
import { completionOf, toWaitingMessage, type Tracing } from './waiting-messages.js';
import { type Ports } from '../ports/ports.js';

export interface Visit extends Tracing {
  readonly scheduleId: string;
  readonly userId: string;
  /** Only a place taken before this: one taken later is another visit. Epoch milliseconds; any place when not said. */
  readonly joinedBefore?: number;
}

/** The user got what they came for: asks for their place to go to the next in line. Not waited for; nothing if they have none. */
export type CompleteVisit = (visit: Visit) => TE.TaskEither<WaitingRoomError, void>;

export interface CompleteVisitPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly log: Pick<MessageLog, 'publish'>;
}

export const completeVisit =
  ({ readModels, log, clock }: CompleteVisitPorts): CompleteVisit =>
  ({ scheduleId, userId, joinedBefore = Infinity, ...tracing }) =>
  async () => {
    const rooms = readWaitingRooms(readModels);
    const user = await rooms.user(scheduleId, userId)();
    if (E.isLeft(user)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isNone(user.right) || !user.right.value.isLive) return E.right(undefined);
    const { tokenId } = user.right.value;
    const token = await rooms.token(tokenId)();
    if (E.isLeft(token)) return E.left({ code: 'UNAVAILABLE' });
    if (O.isSome(token.right) && token.right.value.joinedAt > joinedBefore) return E.right(undefined);
    const requestId = completionOf(tokenId);
    const request = { eventType: 'TOKEN_COMPLETE', scheduleId, userId, tokenId, requestId } as const;
    const published = await log.publish(WAITING_TOKEN, toWaitingMessage(request, clock.now(), tracing))();
    return E.isRight(published) ? E.right(undefined) : E.left({ code: notPublished[published.left] });
  };
