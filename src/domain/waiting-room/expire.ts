import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type TokenExpired, type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type OpenRoom, type Token, type WaitingRoom } from './waiting-room.js';

export interface ExpireToken {
  readonly type: 'ExpireToken';
  readonly scheduleId: string;
  readonly tokenId: string;
  /** The holder's last sign (a poll, a live connection); null when none is known. */
  readonly lastSeenAt: Instant | null;
  readonly at: Instant;
}

const idleAllowance = ({ terms }: OpenRoom, token: Token): number =>
  token.status === 'Waiting' ? terms.waitingIdle : terms.activeIdle;

const reasonOf = (token: Token, at: Instant): TokenExpired['reason'] => {
  if (token.expiresAt !== null && at >= token.expiresAt) return 'TIME_OVER';
  return token.status === 'Promoted' ? 'UNCLAIMED' : 'IDLE';
};

/**
 * A deadline has come. Too early, or already gone: nothing. Idle, but seen meanwhile: the deadline moves.
 * Only a claim saves a promoted place; nothing outlives the absolute cap.
 */
export const expireToken = (
  { scheduleId, tokenId, lastSeenAt, at }: ExpireToken,
  room: WaitingRoom,
): Decided<WaitingRoomEvent> => {
  const token = room.status === 'Open' ? room.tokens.get(tokenId) : undefined;
  if (room.status === 'Unknown' || token === undefined) return E.right([]);
  const timeOver = token.expiresAt !== null && at >= token.expiresAt;
  if (!timeOver && at < token.idleAt) return E.right([]);
  const { userId, place } = token;
  const idleAt = (lastSeenAt ?? 0) + idleAllowance(room, token);
  if (!timeOver && token.status !== 'Promoted' && idleAt > at)
    return E.right([{ type: 'TokenExtended', scheduleId, tokenId, userId, idleAt, at }]);
  const reason = reasonOf(token, at);
  return E.right(thenPromote(room, [{ type: 'TokenExpired', scheduleId, tokenId, userId, place, reason, at }], at));
};
