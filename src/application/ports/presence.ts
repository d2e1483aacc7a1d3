import { type taskEither as TE } from 'fp-ts';

/**
 * When the holder of a waiting token was last seen. Advisory and forgetful: where memory does not reach back far enough
 * it answers the moment from which it does, so that nobody is taken for gone who may only have been forgotten.
 */
export interface Presence {
  /** A sign of life. Never waited for. */
  readonly touch: (tokenId: string, at: number) => void;
  /** The last sign, or if there was none, the moment from which every sign would be remembered. Epoch milliseconds. */
  readonly lastSeen: (tokenId: string) => TE.TaskEither<'PresenceUnavailable', number>;
  /** From when on every sign is remembered. */
  readonly since: () => TE.TaskEither<'PresenceUnavailable', number>;
}
