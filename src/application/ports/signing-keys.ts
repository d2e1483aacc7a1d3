import { type taskEither as TE } from 'fp-ts';

/** What somebody was promised. Ids are those of the API; `at` is epoch milliseconds. */
export type Promised =
  | {
      readonly accepted: 'COUPON_REQUEST';
      readonly couponId: string;
      readonly userId: string;
      readonly requestId: string;
      readonly at: number;
      /** Where the request stands in the log: the order of acceptance. */
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
    }
  | {
      readonly accepted: 'ORDER';
      readonly orderId: string;
      readonly userId: string;
      readonly total: number;
      readonly at: number;
    };

/**
 * A signed statement of what was promised, to be given to whom it was promised. Null while nobody can sign: what was accepted
 * is accepted all the same.
 */
export type IssueReceipt = (promised: Promised) => Promise<string | null>;

/** An Ed25519 key that signs seals and receipts. */
export interface SealKey {
  /** The RFC 7638 thumbprint of its public half. */
  readonly keyId: string;
  /** 32 bytes in base64url. */
  readonly publicKey: string;
  /** It signs from the one until the other; epoch milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** 64 bytes in base64url. */
  readonly sign: (bytes: Uint8Array) => Promise<string>;
}

/** The keys of seals and receipts, shared by all processes. */
export interface SealKeys {
  /** The key that signs now, and with it those of lately and the next one. */
  readonly current: () => TE.TaskEither<
    'SigningKeysUnavailable',
    { readonly signing: SealKey; readonly known: ReadonlyArray<SealKey> }
  >;
}

/** The key that signs now, its public half being in the history; null while it cannot be had, or not be recorded. */
export type SigningKey = () => Promise<SealKey | null>;

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
