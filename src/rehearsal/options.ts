import { type Credentials } from './client/callers.js';

/** What every rehearsal is played with. */
export interface RehearsalOptions extends Credentials {
  readonly url: string;
  readonly users: number;
  readonly sockets: number;
  /** How long an accepted request for a coupon may take to become final, milliseconds. */
  readonly finalWithinMs: number;
  /** Of what is waited for, in a few words. */
  readonly onProgress?: (done: number, of: number, what: string) => void;
  /** Given: calls are made again, as clients are told to, until it aborts. */
  readonly signal?: AbortSignal;
}
