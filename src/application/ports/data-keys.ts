import { type option as O, type taskEither as TE } from 'fp-ts';

export interface NewKey {
  /** 32 random bytes. */
  readonly key: Uint8Array;
  readonly wrapped: Uint8Array;
}

export type DataKeysError = 'DataKeysUnavailable';

/** The wrapped key that each user's personal data are encrypted with. An adapter keeps it as it gets it. */
export interface DataKeys {
  readonly find: (userId: string) => TE.TaskEither<DataKeysError, O.Option<Uint8Array>>;
  /** Keeps a key for a user who has none, and answers the one that is kept: of two callers one's. Durable when it answers. */
  readonly offer: (userId: string, wrapped: Uint8Array) => TE.TaskEither<DataKeysError, Uint8Array>;
  /** Destroys the user's key, durably when it answers; whether there was one. A later `offer` keeps a new one. */
  readonly destroy: (userId: string) => TE.TaskEither<DataKeysError, boolean>;
}
