import { type taskEither as TE } from 'fp-ts';
import { type Validity } from './identity.js';

/** What a ticket opens: the stream of one user, for as long as the credential that asked for the ticket is good. */
export interface StreamGrant {
  readonly userId: string;
  readonly validity: Validity;
}
/**
 * Tickets for streams of notices, shared by all processes that serve them. Only the hash of a ticket is kept: somebody who
 * reads it cannot open a stream with it.
 */
export interface StreamTickets {
  /** Kept for `ttlMs` milliseconds, or less where memory is short. */
  readonly keep: (hash: string, grant: StreamGrant, ttlMs: number) => TE.TaskEither<'TicketsUnavailable', void>;
  /** What the ticket opens, to the first who asks; null to everybody after, when it has expired, and for what never was one. */
  readonly redeem: (hash: string) => TE.TaskEither<'TicketsUnavailable', StreamGrant | null>;
}
