import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { type Instant } from '../time.js';
import {
  type AdmissionResumed,
  type AdmissionTerms,
  type ScheduleConfigured,
  type TokenClaimed,
  type TokenExpired,
  type TokenLeft,
  type WaitingRoomEvent,
} from './events.js';
import { thenPromote } from './promote.js';
import { evolve, type OpenRoom, type Token, unknownRoom, type WaitingRoom } from './waiting-room.js';

type ConfigureSchedule = CommandFrom<ScheduleConfigured, 'ConfigureSchedule'>;

interface JoinRoom {
  readonly type: 'JoinRoom';
  readonly scheduleId: string;
  readonly userId: string;
  /** For a new place; ignored when the user has one. */
  readonly tokenId: string;
  readonly at: Instant;
}

/** CompleteVisit: the visit that is over; one begun since is another. */
type EndVisit = CommandFrom<Omit<TokenLeft, 'userId' | 'place'>, 'LeaveRoom' | 'CompleteVisit'>;

interface ExpireToken {
  readonly type: 'ExpireToken';
  readonly scheduleId: string;
  readonly tokenId: string;
  /** The holder's last sign (a poll, a live connection); null when none is known. */
  readonly lastSeenAt: Instant | null;
  readonly at: Instant;
}

/** The holder of a promoted place has shown up. */
type ClaimPlace = CommandFrom<Omit<TokenClaimed, 'userId' | 'idleAt'>, 'ClaimPlace'>;

export type WaitingRoomCommand =
  ConfigureSchedule | JoinRoom | ClaimPlace | EndVisit | ExpireToken | CommandFrom<AdmissionResumed, 'AdmitWaiting'>;

export type WaitingRoomRejection = 'SCHEDULE_NOT_FOUND' | 'TOKEN_NOT_ACTIVE';

const sameTerms = (a: AdmissionTerms, b: AdmissionTerms): boolean =>
  a.activeLimit === b.activeLimit &&
  a.activeTtl === b.activeTtl &&
  a.admitPerSecond === b.admitPerSecond &&
  a.waitingIdle === b.waitingIdle &&
  a.claimWithin === b.claimWithin &&
  a.activeIdle === b.activeIdle &&
  a.challenge === b.challenge;

const idleAllowance = ({ terms }: OpenRoom, token: Token): number =>
  token.status === 'Waiting' ? terms.waitingIdle : terms.activeIdle;

const reasonOf = (token: Token, at: Instant): TokenExpired['reason'] => {
  if (token.expiresAt !== null && at >= token.expiresAt) return 'TIME_OVER';
  return token.status === 'Promoted' ? 'UNCLAIMED' : 'IDLE';
};

/**
 * A deadline has come. Too early: nothing. Idle, but seen meanwhile: the deadline moves.
 * Only a claim saves a promoted place; nothing outlives the absolute cap.
 */
const expire = (
  { scheduleId, tokenId, lastSeenAt, at }: ExpireToken,
  room: OpenRoom,
  token: Token,
): ReadonlyArray<WaitingRoomEvent> => {
  const timeOver = token.expiresAt !== null && at >= token.expiresAt;
  if (!timeOver && at < token.idleAt) return [];
  const { userId, place } = token;
  const idleAt = (lastSeenAt ?? 0) + idleAllowance(room, token);
  if (!timeOver && token.status !== 'Promoted' && idleAt > at)
    return [{ type: 'TokenExtended', scheduleId, tokenId, userId, idleAt, at }];
  const reason = reasonOf(token, at);
  return thenPromote(room, [{ type: 'TokenExpired', scheduleId, tokenId, userId, place, reason, at }], at);
};

/** A place that is gone, because its user has left or never joined, is not changed any more, and cannot be claimed. */
const decideToken = (
  command: ClaimPlace | EndVisit | ExpireToken,
  room: WaitingRoom,
): Decided<WaitingRoomEvent, WaitingRoomRejection> => {
  const { scheduleId, tokenId, at } = command;
  const token = room.status === 'Open' ? room.tokens.get(tokenId) : undefined;
  if (room.status === 'Unknown' || token === undefined)
    return command.type === 'ClaimPlace' ? E.left('TOKEN_NOT_ACTIVE') : E.right([]);
  const { status, userId, place } = token;
  const of = { scheduleId, tokenId, userId };
  switch (command.type) {
    // Claiming again changes nothing.
    case 'ClaimPlace':
      if (status === 'Waiting') return E.left('TOKEN_NOT_ACTIVE');
      if (status === 'Active') return E.right([]);
      return E.right([{ type: 'TokenClaimed', ...of, idleAt: at + room.terms.activeIdle, at }]);
    // The place goes to the next in line.
    case 'LeaveRoom':
      return E.right(thenPromote(room, [{ type: 'TokenLeft', ...of, place, at }], at));
    // Its user got what they came for.
    case 'CompleteVisit':
      if (status === 'Waiting') return E.right([]);
      return E.right(thenPromote(room, [{ type: 'TokenCompleted', ...of, place, at }], at));
    case 'ExpireToken':
      return E.right(expire(command, room, token));
  }
};

const decide = (command: WaitingRoomCommand, room: WaitingRoom): Decided<WaitingRoomEvent, WaitingRoomRejection> => {
  const { scheduleId, at } = command;
  switch (command.type) {
    // A live change. Raising the limit lets in at once; lowering it evicts no one: the room drains.
    case 'ConfigureSchedule': {
      const { terms } = command;
      if (room.status === 'Open' && sameTerms(room.terms, terms)) return E.right([]);
      return E.right(thenPromote(room, [{ type: 'ScheduleConfigured', scheduleId, terms, at }], at));
    }
    // One place a user, however many tabs. A user whose place has ended joins again at the end of the queue.
    case 'JoinRoom': {
      if (room.status === 'Unknown') return E.left('SCHEDULE_NOT_FOUND');
      const { tokenId, userId } = command;
      if (room.tokenOfUser.has(userId)) return E.right([]);
      const { nextPlace: place, terms } = room;
      const idleAt = at + terms.waitingIdle;
      return E.right(thenPromote(room, [{ type: 'TokenJoined', scheduleId, tokenId, userId, place, idleAt, at }], at));
    }
    // The announced moment has come, if one was announced: lets in all who may come in.
    case 'AdmitWaiting': {
      const isAwaited = room.status === 'Open' && room.isPaced && at >= room.resumeAt;
      return E.right(thenPromote(room, isAwaited ? [{ type: 'AdmissionResumed', scheduleId, at }] : [], at));
    }
    default:
      return decideToken(command, room);
  }
};

export const waitingRoomDecider: Decider<WaitingRoom, WaitingRoomCommand, WaitingRoomEvent, WaitingRoomRejection> = {
  initial: unknownRoom,
  evolve,
  decide,
};
