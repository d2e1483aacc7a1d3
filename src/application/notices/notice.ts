import { type taskEither as TE } from 'fp-ts';
import { type Position } from '../ports/event-store.js';

/** Addressed to everyone: no user has this id. */
export const EVERYONE = '*';

export type NoticeKind =
  | 'coupon-issued'
  | 'coupon-rejected'
  | 'coupon-rejection-withdrawn'
  | 'token-activated'
  | 'token-expired'
  | 'order-completed'
  | 'order-cancelled'
  | 'order-expired'
  | 'order-failed'
  | 'payment-completed'
  | 'payment-refunded'
  | 'event-open'
  | 'event-cancelled';

/** What a user is told the moment it happened. */
export interface Notice {
  /** Of the event it tells of: a user is told at most one thing of one event, so this is its id, and its order. */
  readonly position: number;
  readonly to: string;
  readonly kind: NoticeKind;
  /** JSON; times are ISO-8601. */
  readonly data: object;
}

export interface Missed {
  readonly userId: string;
  /** After this position … */
  readonly since: Position;
  /** … up to this one. */
  readonly until: Position;
}

/** What a user was told in between, in order. 'TooMuch': more happened than is told one by one. */
export type MissedNotices = (missed: Missed) => TE.TaskEither<'NoticesUnavailable', ReadonlyArray<Notice> | 'TooMuch'>;
