import { waitingRoomDecider } from '../../../src/domain/waiting-room/decider.js';
import { type AdmissionTerms, type WaitingRoomEvent } from '../../../src/domain/waiting-room/events.js';
import { sentences } from '../../support/given-when-then.js';

export const noon = Date.UTC(2026, 0, 1, 12);
export const second = 1_000;
export const minute = 60 * second;
const scheduleId = 'concert';

const terms = (some: Partial<AdmissionTerms> = {}): AdmissionTerms => ({
  activeLimit: 1,
  activeTtl: 10 * minute,
  admitPerSecond: null,
  waitingIdle: 5 * minute,
  claimWithin: minute,
  activeIdle: 2 * minute,
  ...some,
});

export const given = sentences(waitingRoomDecider);

export const opened = (some: Partial<AdmissionTerms> = {}): WaitingRoomEvent => ({
  type: 'ScheduleConfigured',
  scheduleId,
  terms: terms(some),
  at: noon,
});
const of = (user: string) => ({ scheduleId, tokenId: `token-of-${user}`, userId: user });

export const joined = (user: string, place: number, at = noon): WaitingRoomEvent => ({
  type: 'TokenJoined',
  ...of(user),
  place,
  idleAt: at + 5 * minute,
  at,
});
export const activated = (user: string, place: number, at = noon): WaitingRoomEvent => ({
  type: 'TokenActivated',
  ...of(user),
  place,
  claimBy: at + minute,
  expiresAt: at + 10 * minute,
  at,
});
export const claimed = (user: string, at = noon): WaitingRoomEvent => ({
  type: 'TokenClaimed',
  ...of(user),
  idleAt: at + 2 * minute,
  at,
});
export const extended = (user: string, idleAt: number, at: number): WaitingRoomEvent => ({
  type: 'TokenExtended',
  ...of(user),
  idleAt,
  at,
});
export const left = (user: string, place: number, at = noon): WaitingRoomEvent => ({
  type: 'TokenLeft',
  ...of(user),
  place,
  at,
});
export const completed = (user: string, place: number, at = noon): WaitingRoomEvent => ({
  type: 'TokenCompleted',
  ...of(user),
  place,
  at,
});
export const expired = (
  user: string,
  place: number,
  reason: 'IDLE' | 'UNCLAIMED' | 'TIME_OVER',
  at: number,
): WaitingRoomEvent => ({ type: 'TokenExpired', ...of(user), place, reason, at });
export const paced = (resumeAt: number, at = noon): WaitingRoomEvent => ({
  type: 'AdmissionPaced',
  scheduleId,
  resumeAt,
  at,
});

export const resumed = (at: number): WaitingRoomEvent => ({ type: 'AdmissionResumed', scheduleId, at });

export const configure = (some: Partial<AdmissionTerms> = {}, at = noon) =>
  ({ type: 'ConfigureSchedule', scheduleId, terms: terms(some), at }) as const;
export const join = (user: string, at = noon) =>
  ({ type: 'JoinRoom', scheduleId, userId: user, tokenId: `token-of-${user}`, at }) as const;
export const claim = (user: string, at = noon) =>
  ({ type: 'ClaimPlace', scheduleId, tokenId: `token-of-${user}`, at }) as const;
export const leave = (user: string, at = noon) =>
  ({ type: 'LeaveRoom', scheduleId, tokenId: `token-of-${user}`, at }) as const;
export const complete = (user: string, at = noon, tokenId = `token-of-${user}`) =>
  ({ type: 'CompleteVisit', scheduleId, tokenId, at }) as const;
export const expire = (user: string, at: number, lastSeenAt: number | null = null) =>
  ({ type: 'ExpireToken', scheduleId, tokenId: `token-of-${user}`, lastSeenAt, at }) as const;
export const admit = (at = noon) => ({ type: 'AdmitWaiting', scheduleId, at }) as const;
