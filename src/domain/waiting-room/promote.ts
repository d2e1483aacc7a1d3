import { type Instant } from '../time.js';
import { type WaitingRoomEvent } from './events.js';
import { evolve, type OpenRoom, secondOf, type WaitingRoom } from './waiting-room.js';

/** The next in line at or after the head: each place is passed over at most once in the room's life. */
const nextInLine = (room: OpenRoom): { readonly place: number; readonly tokenId: string } | null => {
  for (let place = room.head; place < room.nextPlace; place += 1) {
    const tokenId = room.queue.get(place);
    if (tokenId !== undefined) return { place, tokenId };
  }
  return null;
};

const pacedUntil = ({ terms, pace }: OpenRoom, at: Instant): Instant | null =>
  terms.admitPerSecond !== null && pace.second === secondOf(at) && pace.admitted >= terms.admitPerSecond
    ? (pace.second + 1) * 1000
    : null;

const promotion = (room: OpenRoom, at: Instant): WaitingRoomEvent | null => {
  if (room.queue.size === 0 || room.active >= room.terms.activeLimit) return null;
  const resumeAt = pacedUntil(room, at);
  if (resumeAt !== null)
    return room.isPaced && room.resumeAt === resumeAt
      ? null
      : { type: 'AdmissionPaced', scheduleId: room.scheduleId, resumeAt, at };
  const next = nextInLine(room);
  const token = next === null ? undefined : room.tokens.get(next.tokenId);
  if (next === null || token === undefined) return null;
  return {
    type: 'TokenActivated',
    scheduleId: room.scheduleId,
    tokenId: next.tokenId,
    userId: token.userId,
    place: next.place,
    claimBy: at + room.terms.claimWithin,
    expiresAt: at + room.terms.activeTtl,
    at,
  };
};

/** One decision is one append, so it lets in at most this many, however far a limit is raised, and announces that more follow. */
const MOST_PROMOTIONS = 500;

/**
 * `events`, then those they let in: in order of place, while fewer than the limit are active, no faster than the pace.
 * Every decision ends with this, so a freed place is never left to a later moment.
 */
export const thenPromote = (
  room: WaitingRoom,
  events: ReadonlyArray<WaitingRoomEvent>,
  at: Instant,
): ReadonlyArray<WaitingRoomEvent> => {
  const decided = [...events];
  let now = events.reduce(evolve, room);
  for (let promoted = 0; ; promoted++) {
    const next = now.status === 'Open' ? promotion(now, at) : null;
    if (next === null || now.status !== 'Open') return decided;
    const { scheduleId, resumeAt } = now;
    if (promoted === MOST_PROMOTIONS)
      return [...decided, { type: 'AdmissionPaced', scheduleId, resumeAt: Math.max(at, resumeAt + 1), at }];
    decided.push(next);
    now = evolve(now, next);
  }
};
