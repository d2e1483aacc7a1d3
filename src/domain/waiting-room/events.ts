import { type ChallengePolicy } from '../challenge-policy.js';
import { type Instant } from '../time.js';

/** Durations in milliseconds. */
export interface AdmissionTerms {
  /** How many may be active at once. */
  readonly activeLimit: number;
  /** The absolute cap of an active place. */
  readonly activeTtl: number;
  /** Promotions per calendar second beside the limit; null for as many as the limit allows. */
  readonly admitPerSecond: number | null;
  /** How long a waiting place survives without a sign of its holder. */
  readonly waitingIdle: number;
  /** How long a promoted place waits to be claimed. */
  readonly claimWithin: number;
  /** How long an active place survives without a sign of its holder. */
  readonly activeIdle: number;
  /** When users who join must solve a challenge. Absent: never. */
  readonly challenge?: ChallengePolicy;
}

export interface ScheduleConfigured {
  readonly type: 'ScheduleConfigured';
  readonly scheduleId: string;
  readonly terms: AdmissionTerms;
  readonly at: Instant;
}

interface TokenFact {
  readonly scheduleId: string;
  readonly tokenId: string;
  readonly userId: string;
  readonly at: Instant;
}

export interface TokenJoined extends TokenFact {
  readonly type: 'TokenJoined';
  /** 1 for the first ever to join, without gaps; never given twice. */
  readonly place: number;
  readonly idleAt: Instant;
}

export interface TokenActivated extends TokenFact {
  readonly type: 'TokenActivated';
  readonly place: number;
  readonly claimBy: Instant;
  readonly expiresAt: Instant;
}

export interface TokenClaimed extends TokenFact {
  readonly type: 'TokenClaimed';
  readonly idleAt: Instant;
}

/** A sign of the holder moved the idle deadline. */
export interface TokenExtended extends TokenFact {
  readonly type: 'TokenExtended';
  readonly idleAt: Instant;
}

export interface TokenExpired extends TokenFact {
  readonly type: 'TokenExpired';
  readonly place: number;
  readonly reason: 'IDLE' | 'UNCLAIMED' | 'TIME_OVER';
}

export interface TokenLeft extends TokenFact {
  readonly type: 'TokenLeft';
  readonly place: number;
}

export interface TokenCompleted extends TokenFact {
  readonly type: 'TokenCompleted';
  readonly place: number;
}

/** People wait and places are free, but this second's admissions are used up, or one decision let in as many as it may. */
export interface AdmissionPaced {
  readonly type: 'AdmissionPaced';
  readonly scheduleId: string;
  readonly resumeAt: Instant;
  readonly at: Instant;
}

/** The announced moment has come: admissions go on. */
export interface AdmissionResumed {
  readonly type: 'AdmissionResumed';
  readonly scheduleId: string;
  readonly at: Instant;
}

export type WaitingRoomEvent =
  | ScheduleConfigured
  | TokenJoined
  | TokenActivated
  | TokenClaimed
  | TokenExtended
  | TokenExpired
  | TokenLeft
  | TokenCompleted
  | AdmissionPaced
  | AdmissionResumed;
