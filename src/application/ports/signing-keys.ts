import { type taskEither as TE } from 'fp-ts';

export interface StoredSigningKey {
  /** Which period of rotation it signs in. */
  readonly epoch: number;
  /** The private key; an adapter must keep it secret. */
  readonly key: string;
}

/** The private keys that one kind of thing is signed with, shared by all processes that sign. */
export interface SigningKeys {
  readonly all: () => TE.TaskEither<'SigningKeysUnavailable', ReadonlyArray<StoredSigningKey>>;
  /** Keeps a key for an epoch that has none; of two callers one's is kept. Durable when it answers. */
  readonly offer: (key: StoredSigningKey) => TE.TaskEither<'SigningKeysUnavailable', void>;
  readonly dropBefore: (epoch: number) => TE.TaskEither<'SigningKeysUnavailable', void>;
}
