import { option as O } from 'fp-ts';
import {
  type AdmissionTerms,
  type TokenActivated,
  type WaitingRoomEvent,
} from '../../../domain/waiting-room/events.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { type RequestRejected } from '../../kernel/writer/rejected-requests.js';
import { readWaitingMessage, type WaitingMessage } from '../waiting-messages.js';

/** What is replayed of a waiting room, in this order: its events, the requests it rejected, and what the log holds for it. */
export type RoomFact =
  | { readonly of: 'events'; readonly recorded: RecordedEvent<WaitingRoomEvent> }
  | { readonly of: 'rejections'; readonly rejected: RequestRejected }
  | { readonly of: 'log'; readonly where: string; readonly message: WaitingMessage };

/** What the facts of a waiting room come to. Folded in place: it may be a million people. */
export interface RoomHistory {
  /** When it is judged. */
  readonly now: number;
  /** Token → whether it has been let in; ended ones are not here. */
  readonly live: Map<string, boolean>;
  /** Of those who are in: until when they were told they may be, if they give a sign. */
  readonly promised: Map<string, { readonly idleAt: number; readonly expiresAt: number }>;
  readonly liveUsers: Set<string>;
  readonly everybody: Set<string>;
  /** Places. */
  readonly waiting: Set<number>;
  /** Ids of requests that were told why not. */
  readonly rejected: Set<string>;
  /** Visits that were completed, by where in the log the message stood that asked for it. */
  readonly completions: Map<string, { readonly tokenId: string; readonly userId: string }>;
  terms: AdmissionTerms | null;
  joined: number;
  activated: number;
  active: number;
  /** Nobody waits at a place before this. */
  head: number;
  pace: { readonly second: number; readonly admitted: number };
  resumeAt: number | null;
  /** What the last event was decided for. */
  decision: string | null;
  asked: number;
}

export const emptyRoom = (now: number): RoomHistory => ({
  now,
  live: new Map(),
  promised: new Map(),
  liveUsers: new Set(),
  everybody: new Set(),
  waiting: new Set(),
  rejected: new Set(),
  completions: new Map(),
  terms: null,
  joined: 0,
  activated: 0,
  active: 0,
  head: 1,
  pace: { second: 0, admitted: 0 },
  resumeAt: null,
  decision: null,
  asked: 0,
});

/** What a message of the log asks for; null when it is none of ours. */
export const messageIn = (message: LoggedMessage): WaitingMessage | null =>
  O.toNullable(O.fromEither(readWaitingMessage(message)));

/** What an event was decided for: events of one decision are judged as one. */
export const decisionOf = ({ metadata: { source, correlationId } }: RecordedEvent): string =>
  source === undefined ? correlationId : `${source.partition}@${source.offset}`;

/** How many were let in within the second of this one, it included. */
export const paceWith = ({ pace }: RoomHistory, { at }: Pick<TokenActivated, 'at'>): RoomHistory['pace'] => {
  const second = Math.floor(at / 1_000);
  return { second, admitted: second === pace.second ? pace.admitted + 1 : 1 };
};

/** The first place before `place` at which somebody waits, or `place`. */
export const headBefore = ({ head, waiting }: RoomHistory, place: number): number => {
  let first = head;
  while (first < place && !waiting.has(first)) first++;
  return first;
};

const end = (
  room: RoomHistory,
  { tokenId, userId, place }: { tokenId: string; userId: string; place: number },
): void => {
  const isIn = room.live.get(tokenId);
  if (isIn === undefined) return;
  if (isIn) room.active--;
  else room.waiting.delete(place);
  room.live.delete(tokenId);
  room.promised.delete(tokenId);
  room.liveUsers.delete(userId);
};

const happened = (room: RoomHistory, recorded: RecordedEvent<WaitingRoomEvent>): void => {
  const { event, metadata } = recorded;
  room.decision = decisionOf(recorded);
  switch (event.type) {
    case 'ScheduleConfigured':
      room.terms = event.terms;
      return;
    case 'TokenJoined':
      room.joined++;
      room.everybody.add(event.userId);
      room.liveUsers.add(event.userId);
      room.live.set(event.tokenId, false);
      room.waiting.add(event.place);
      return;
    case 'TokenActivated':
      room.activated++;
      room.active++;
      room.head = headBefore(room, event.place);
      room.pace = paceWith(room, event);
      room.waiting.delete(event.place);
      room.live.set(event.tokenId, true);
      room.promised.set(event.tokenId, { idleAt: event.claimBy, expiresAt: event.expiresAt });
      return;
    case 'TokenExpired':
    case 'TokenLeft':
      return end(room, event);
    case 'TokenCompleted':
      if (metadata.source !== undefined) room.completions.set(room.decision, event);
      return end(room, event);
    case 'AdmissionPaced':
      room.resumeAt = event.resumeAt;
      return;
    case 'AdmissionResumed':
      room.resumeAt = null;
      return;
    case 'TokenClaimed':
    case 'TokenExtended': {
      const until = room.promised.get(event.tokenId);
      if (until !== undefined) room.promised.set(event.tokenId, { ...until, idleAt: event.idleAt });
    }
  }
};

export const evolveRoom = (room: RoomHistory, fact: RoomFact): RoomHistory => {
  switch (fact.of) {
    case 'events':
      happened(room, fact.recorded);
      break;
    case 'rejections':
      room.rejected.add(fact.rejected.requestId);
      break;
    case 'log':
      if (fact.message.eventType === 'CREATE_TOKEN') room.asked++;
  }
  return room;
};

/** The visit that a message completed, and the one that it named; null where it completed none. */
export const completionBy = (
  { completions }: RoomHistory,
  fact: RoomFact,
): { readonly ended: string; readonly userId: string; readonly named: string } | null => {
  if (fact.of !== 'log' || fact.message.eventType !== 'TOKEN_COMPLETE') return null;
  const completed = completions.get(fact.where);
  return completed === undefined
    ? null
    : { ended: completed.tokenId, userId: completed.userId, named: fact.message.tokenId };
};
