import { type option as O, type taskEither as TE } from 'fp-ts';

/** One person asking for one coupon. Repeating it with the same `requestId` changes nothing. */
export interface Admission {
  readonly couponId: string;
  readonly userId: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type Admitted =
  | { readonly answer: 'Admitted' }
  /** This person asked before; `requestId` is of the first time. */
  | { readonly answer: 'AlreadyRequested'; readonly requestId: string }
  | { readonly answer: 'SoldOut' }
  | { readonly answer: 'NotOpen'; readonly opensAt: number | null }
  | { readonly answer: 'Closed' }
  | { readonly answer: 'Paused' }
  | { readonly answer: 'CouponNotFound' };

/** What the gate needs to know of a coupon: a fold of the coupon's events up to `revision`. */
export interface GateState {
  readonly couponId: string;
  /** Of the coupon's stream. */
  readonly revision: number;
  readonly quantity: number;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  /** Nobody is let in from then on either. */
  readonly usableUntil?: number | null;
  readonly status: 'Issuing' | 'Paused';
  /** Of a coupon tied to an event; one tied to none is open. Waiting: not open, at an hour the gate does not know. */
  readonly sale: 'Waiting' | 'Open' | 'Closed';
  /** Holders: user → request. */
  readonly holders: Iterable<readonly [userId: string, requestId: string]>;
}

/** What happened to a coupon since its gate was loaded, in order of revision. */
export type GateChange =
  | {
      readonly change: 'Issued';
      readonly couponId: string;
      readonly revision: number;
      readonly userId: string;
      readonly requestId: string;
    }
  | {
      readonly change: 'Terms';
      readonly couponId: string;
      readonly revision: number;
      readonly quantity?: number;
      readonly status?: 'Issuing' | 'Paused';
      readonly sale?: 'Open' | 'Closed';
      readonly closesAt?: number | null;
      readonly usableUntil?: number | null;
    }
  /** From the stream of rejections, so without a revision of the coupon: the place is free again. */
  | { readonly change: 'Rejected'; readonly couponId: string; readonly userId: string; readonly requestId: string };

/**
 * Rejects, in one atomic step and before anything is queued, a request that cannot win. Advisory: after a failure
 * it may let too many through; the Coupon aggregate has the last word. Loads a coupon it does not know from the
 * events by itself. What remains is always quantity − everyone it knows (holders and pending): there is no counter
 * that could drift.
 */
export interface AdmissionGate {
  readonly reserve: (admission: Admission) => TE.TaskEither<'GateUnavailable', Admitted>;
  /** Undoes a reservation whose publishing is known to have failed. Never touches another request's or a holder's place. */
  readonly release: (admission: Admission) => TE.TaskEither<'GateUnavailable', void>;
  /**
   * Requests of this id as the gate knows them: reserved, not yet known to be decided. Several when several people chose
   * one id; then at least two of them. Kept for 24 h.
   */
  readonly pending: (requestId: string) => TE.TaskEither<'GateUnavailable', ReadonlyArray<Admission>>;
  /** The same of one very request. */
  readonly isPending: (asked: Omit<Admission, 'at'>) => TE.TaskEither<'GateUnavailable', boolean>;
  readonly requestOf: (couponId: string, userId: string) => TE.TaskEither<'GateUnavailable', O.Option<string>>;
  /** A request known to be in the log is put back after the gate was lost. Not an admission: never refused. */
  readonly restore: (admission: Admission) => TE.TaskEither<'GateUnavailable', void>;
  /** Events since. A change at or below the known revision is skipped; a gap drops the coupon, to be loaded again. */
  readonly apply: (changes: ReadonlyArray<GateChange>) => TE.TaskEither<'GateUnavailable', void>;
  /**
   * Reservations made before `before` and still undecided: perhaps leaked. At most `limit`; with a cursor of an earlier call
   * those that follow. Going on from cursor to cursor names each that stays, whatever else is settled meanwhile.
   */
  readonly pendingSince: (
    before: number,
    limit: number,
    cursor?: string | null,
  ) => TE.TaskEither<'GateUnavailable', PendingPage>;
  /** What the gate holds of a coupon, for reconciling; none when it is not loaded. */
  readonly inspect: (couponId: string) => TE.TaskEither<'GateUnavailable', O.Option<GateInspection>>;
  /** Forgets a coupon; it is loaded from events when next asked for. */
  readonly drop: (couponId: string) => TE.TaskEither<'GateUnavailable', void>;
}

export interface PendingPage {
  readonly items: ReadonlyArray<Admission>;
  /** Null: no more follow. */
  readonly nextCursor: string | null;
}

export interface GateInspection {
  readonly revision: number;
  readonly quantity: number;
  readonly issued: number;
  readonly pending: ReadonlyArray<Admission>;
}

/** How a gate learns of a coupon it does not know. None: there is no such coupon. */
export type LoadGateState = (couponId: string) => TE.TaskEither<'EventStoreUnavailable', O.Option<GateState>>;
