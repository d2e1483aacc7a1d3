import { type taskEither as TE } from 'fp-ts';
import { type NewKey } from './data-keys.js';

/** Wraps data keys: with the stored data alone nobody can use them. Every key management service has these two calls. */
export interface KeyWrap {
  readonly create: () => TE.TaskEither<'KeyWrapUnavailable', NewKey>;
  /** 'WrongKey': it was wrapped with another secret, or is damaged. */
  readonly unwrap: (wrapped: Uint8Array) => TE.TaskEither<'KeyWrapUnavailable' | 'WrongKey', Uint8Array>;
  /** Whether it was wrapped by this, and is not one that was stored as it is, before keys were wrapped. */
  readonly isOwn: (wrapped: Uint8Array) => boolean;
}
