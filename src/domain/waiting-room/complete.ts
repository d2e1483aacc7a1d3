import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type WaitingRoomEvent } from './events.js';
import { thenPromote } from './promote.js';
import { type WaitingRoom } from './waiting-room.js';

export interface CompleteVisit {
  readonly type: 'CompleteVisit';
  readonly scheduleId: string;
  /** The visit that is over; one begun since is another. */
  readonly tokenId: string;
  readonly at: Instant;
}

/** Its user got what they came for: this active place goes to the next in line. */
export const completeVisit = (
  { scheduleId, tokenId, at }: CompleteVisit,
  room: WaitingRoom,
): Decided<WaitingRoomEvent> => {
  const token = room.status === 'Open' ? room.tokens.get(tokenId) : undefined;
  if (token === undefined || token.status === 'Waiting') return E.right([]);
  const { userId, place } = token;
  return E.right(thenPromote(room, [{ type: 'TokenCompleted', scheduleId, tokenId, userId, place, at }], at));
};
