import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type TokenLeft, type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type WaitingRoom } from './waiting-room.js';

export type LeaveRoom = CommandFrom<Omit<TokenLeft, 'userId' | 'place'>, 'LeaveRoom'>;

/** The place goes to the next in line. Without a place, because the user has left or never joined, nothing happens. */
export const leaveRoom = ({ scheduleId, tokenId, at }: LeaveRoom, room: WaitingRoom): Decided<WaitingRoomEvent> => {
  const token = room.status === 'Open' ? room.tokens.get(tokenId) : undefined;
  if (token === undefined) return E.right([]);
  const { userId, place } = token;
  return E.right(thenPromote(room, [{ type: 'TokenLeft', scheduleId, tokenId, userId, place, at }], at));
};
