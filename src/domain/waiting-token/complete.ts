import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type WaitingRoom } from './waiting-room.js';

export interface CompleteVisit {
  readonly type: 'CompleteVisit';
  readonly scheduleId: string;
  readonly userId: string;
  readonly at: Instant;
}

/** The user got what they came for: their active place goes to the next in line. */
export const completeVisit = (
  { scheduleId, userId, at }: CompleteVisit,
  room: WaitingRoom,
): E.Either<never, ReadonlyArray<WaitingRoomEvent>> => {
  const tokenId = room.status === 'Open' ? room.tokenOfUser.get(userId) : undefined;
  const token = room.status === 'Open' && tokenId !== undefined ? room.tokens.get(tokenId) : undefined;
  if (tokenId === undefined || token === undefined || token.status === 'Waiting') return E.right([]);
  const { place } = token;
  return E.right(thenPromote(room, [{ type: 'TokenCompleted', scheduleId, tokenId, userId, place, at }], at));
};
