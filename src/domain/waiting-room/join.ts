import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type WaitingRoom } from './waiting-room.js';

export interface JoinRoom {
  readonly type: 'JoinRoom';
  readonly scheduleId: string;
  readonly userId: string;
  /** For a new place; ignored when the user has one. */
  readonly tokenId: string;
  readonly at: Instant;
}

export type JoinRejection = 'SCHEDULE_NOT_FOUND';

/** One place a user, however many tabs. A user whose place has ended joins again at the end of the queue. */
export const joinRoom = (
  { scheduleId, userId, tokenId, at }: JoinRoom,
  room: WaitingRoom,
): Decided<WaitingRoomEvent, JoinRejection> => {
  if (room.status === 'Unknown') return E.left('SCHEDULE_NOT_FOUND');
  if (room.tokenOfUser.has(userId)) return E.right([]);
  const joined: WaitingRoomEvent = {
    type: 'TokenJoined',
    scheduleId,
    tokenId,
    userId,
    place: room.nextPlace,
    idleAt: at + room.terms.waitingIdle,
    at,
  };
  return E.right(thenPromote(room, [joined], at));
};
