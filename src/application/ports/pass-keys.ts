import { type taskEither as TE } from 'fp-ts';

export interface StoredPassKey {
  /** Which period of rotation it signs in. */
  readonly epoch: number;
  /** The private key; an adapter must keep it secret. */
  readonly key: string;
}

/** The keys passes are signed with, shared by all processes that issue them. */
export interface PassKeys {
  readonly all: () => TE.TaskEither<'PassKeysUnavailable', ReadonlyArray<StoredPassKey>>;
  /** Keeps a key for an epoch that has none; of two callers one's is kept. Durable when it answers. */
  readonly offer: (key: StoredPassKey) => TE.TaskEither<'PassKeysUnavailable', void>;
  readonly dropBefore: (epoch: number) => TE.TaskEither<'PassKeysUnavailable', void>;
}
