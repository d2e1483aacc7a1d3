import { type taskEither as TE } from 'fp-ts';

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
