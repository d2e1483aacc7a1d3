import { Map } from 'immutable';
import { type Instant } from '../time.js';
import { type AdmissionTerms, type ScheduleConfigured, type WaitingRoomEvent } from './events.js';

export interface Token {
  readonly status: 'Waiting' | 'Promoted' | 'Active';
  readonly userId: string;
  readonly place: number;
  /** When it ends unless its holder gives a sign: idle while waiting or active, unclaimed while promoted. */
  readonly idleAt: Instant;
  /** The absolute end of a promoted or active place; null while waiting. */
  readonly expiresAt: Instant | null;
}

export interface UnknownRoom {
  readonly status: 'Unknown';
}

export interface OpenRoom {
  readonly status: 'Open';
  readonly scheduleId: string;
  readonly terms: AdmissionTerms;
  readonly nextPlace: number;
  /** No one waits in a place before this. */
  readonly head: number;
  /** Who waits, by place: a hundred thousand are never copied. */
  readonly queue: Map<number, string>;
  /** Everyone waiting, promoted or active. */
  readonly tokens: Map<string, Token>;
  readonly tokenOfUser: Map<string, string>;
  /** Promoted or active. */
  readonly active: number;
  /** Promotions in the calendar second of the last one. */
  readonly pace: { readonly second: number; readonly admitted: number };
  /** The moment last announced at which admissions go on; 0 before the first. Moments announced only grow. */
  readonly resumeAt: Instant;
  /** Whether that moment is still waited for. */
  readonly isPaced: boolean;
}

export type WaitingRoom = UnknownRoom | OpenRoom;

export const unknownRoom: UnknownRoom = { status: 'Unknown' };

export const secondOf = (at: Instant): number => Math.floor(at / 1000);

const opened = ({ scheduleId, terms }: ScheduleConfigured): OpenRoom => ({
  status: 'Open',
  scheduleId,
  terms,
  nextPlace: 1,
  head: 1,
  queue: Map(),
  tokens: Map(),
  tokenOfUser: Map(),
  active: 0,
  pace: { second: 0, admitted: 0 },
  resumeAt: 0,
  isPaced: false,
});

const changeToken = (room: OpenRoom, tokenId: string, change: (token: Token) => Token): OpenRoom => {
  const token = room.tokens.get(tokenId);
  return token === undefined ? room : { ...room, tokens: room.tokens.set(tokenId, change(token)) };
};

const removeToken = (room: OpenRoom, tokenId: string): OpenRoom => {
  const token = room.tokens.get(tokenId);
  if (token === undefined) return room;
  return {
    ...room,
    queue: token.status === 'Waiting' ? room.queue.delete(token.place) : room.queue,
    tokens: room.tokens.delete(tokenId),
    tokenOfUser: room.tokenOfUser.delete(token.userId),
    active: token.status === 'Waiting' ? room.active : room.active - 1,
  };
};

export const evolve = (room: WaitingRoom, event: WaitingRoomEvent): WaitingRoom => {
  if (event.type === 'ScheduleConfigured')
    return room.status === 'Open' ? { ...room, terms: event.terms } : opened(event);
  if (room.status === 'Unknown') return room;
  switch (event.type) {
    case 'TokenJoined': {
      const { tokenId, userId, place, idleAt } = event;
      return {
        ...room,
        nextPlace: place + 1,
        queue: room.queue.set(place, tokenId),
        tokens: room.tokens.set(tokenId, { status: 'Waiting', userId, place, idleAt, expiresAt: null }),
        tokenOfUser: room.tokenOfUser.set(userId, tokenId),
      };
    }
    case 'TokenActivated': {
      const second = secondOf(event.at);
      return {
        ...changeToken(room, event.tokenId, (token) => ({
          ...token,
          status: 'Promoted',
          idleAt: event.claimBy,
          expiresAt: event.expiresAt,
        })),
        head: event.place + 1,
        queue: room.queue.delete(event.place),
        active: room.active + 1,
        pace: { second, admitted: second === room.pace.second ? room.pace.admitted + 1 : 1 },
      };
    }
    case 'TokenClaimed':
      return changeToken(room, event.tokenId, (token) => ({ ...token, status: 'Active', idleAt: event.idleAt }));
    case 'TokenExtended':
      return changeToken(room, event.tokenId, (token) => ({ ...token, idleAt: event.idleAt }));
    case 'TokenExpired':
    case 'TokenLeft':
    case 'TokenCompleted':
      return removeToken(room, event.tokenId);
    case 'AdmissionPaced':
      return { ...room, resumeAt: event.resumeAt, isPaced: true };
    case 'AdmissionResumed':
      return { ...room, isPaced: false };
  }
};
