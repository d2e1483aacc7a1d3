import { hash } from 'node:crypto';
import { z } from 'zod';
import { eventSchemas } from '../../kernel/events/event-schemas.js';
import { canonicalJson } from '../../kernel/history/canonical-json.js';
import { type Digest } from '../../kernel/history/merkle-tree.js';
import { type Position, type Revision } from '../../ports/event-store.js';

/** What the signature of a seal is over, as canonical JSON. Digests are SHA-256 in hex. */
export interface SealedStatement {
  /** Of the first and the last event sealed, in the store where they were sealed. */
  readonly from: Position;
  readonly to: Position;
  /** How many events they are. */
  readonly count: number;
  /** Of the Merkle tree over the events in their order. */
  readonly root: Digest;
  /** Digest of the seal before it; of the first seal, 64 zeros. */
  readonly previous: Digest;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly keyId: string;
}

export interface Seal extends SealedStatement {
  /** Ed25519, in base64url. */
  readonly signature: string;
}

export interface HistorySealed extends Seal {
  readonly type: 'HistorySealed';
  /**
   * The leaf of each event, to name the one that is not as it was sealed: its first 16 digits, or all where the store may drop
   * the event after some time. The root and the signature say what is true.
   */
  readonly leaves: ReadonlyArray<string>;
  /** Where the last event sealed is found, in any store. */
  readonly end: { readonly streamId: string; readonly revision: Revision };
}

/** A public key, recorded before anything is signed with its private half. */
export interface SealKeyRecorded {
  readonly type: 'SealKeyRecorded';
  readonly keyId: string;
  /** 32 bytes in base64url. */
  readonly publicKey: string;
  /** It signs from the one until the other; epoch milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
}

export const isSealEvent = eventSchemas<HistorySealed>()({
  HistorySealed: z.object({
    from: z.number(),
    to: z.number(),
    count: z.number(),
    root: z.string(),
    previous: z.string(),
    at: z.number(),
    keyId: z.string(),
    signature: z.string(),
    leaves: z.array(z.string()),
    end: z.object({ streamId: z.string(), revision: z.number() }),
  }),
});

export const isSealKeyEvent = eventSchemas<SealKeyRecorded>()({
  SealKeyRecorded: z.object({ keyId: z.string(), publicKey: z.string(), notBefore: z.number(), notAfter: z.number() }),
});

export const SEAL_STREAMS = 'seals-';
/** Its events are not sealed themselves: each seal is held by its signature and by the next one. */
export const SEAL_STREAM = `${SEAL_STREAMS}history`;
export const SEAL_KEY_STREAMS = 'sealKeys-';
/** Its events are sealed as all others. */
export const SEAL_KEY_STREAM = `${SEAL_KEY_STREAMS}history`;

/** Before the first seal. */
export const NO_SEAL: Digest = '0'.repeat(64);

/** How many digits of a leaf are kept to name an event by. */
export const SHOWN_DIGITS = 16;

/** At most this many events in a seal: a proof that one is among them stays small. */
export const MOST_SEALED = 1_000;
/** The longest an event waits for its seal, unless the process is busy; milliseconds. */
export const SEALED_WITHIN_MS = 10_000;

export const signedText = ({ from, to, count, root, previous, at, keyId }: SealedStatement): string =>
  canonicalJson({ from, to, count, root, previous, at, keyId });

export const digestOfSeal = (seal: SealedStatement): Digest => hash('sha256', signedText(seal), 'hex');
