import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type TokenClaimed, type WaitingRoomEvent } from './events.js';
import { type WaitingRoom } from './waiting-room.js';

export type ClaimPlace = CommandFrom<Omit<TokenClaimed, 'userId' | 'idleAt'>, 'ClaimPlace'>;

export type ClaimRejection = 'TOKEN_NOT_ACTIVE';

/** The holder of a promoted place has shown up. Claiming again changes nothing. */
export const claimPlace = (
  { scheduleId, tokenId, at }: ClaimPlace,
  room: WaitingRoom,
): Decided<WaitingRoomEvent, ClaimRejection> => {
  const token = room.status === 'Open' ? room.tokens.get(tokenId) : undefined;
  if (room.status === 'Unknown' || token === undefined || token.status === 'Waiting') return E.left('TOKEN_NOT_ACTIVE');
  if (token.status === 'Active') return E.right([]);
  return E.right([
    { type: 'TokenClaimed', scheduleId, tokenId, userId: token.userId, idleAt: at + room.terms.activeIdle, at },
  ]);
};
