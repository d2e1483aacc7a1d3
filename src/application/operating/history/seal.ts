import { hash } from 'node:crypto';
import { z } from 'zod';
import { type EventOf, eventSchemas } from '../../kernel/events/event-schemas.js';
import { canonicalJson } from '../../kernel/history/canonical-json.js';
import { type Digest } from '../../kernel/history/merkle-tree.js';

/** What the signature of a seal is over, as canonical JSON. Digests are SHA-256 in hex. */
const statement = z.object({
  /** Of the first and the last event sealed, in the store where they were sealed. */
  from: z.number(),
  to: z.number(),
  /** How many events they are. */
  count: z.number(),
  /** Of the Merkle tree over the events in their order. */
  root: z.string(),
  /** Digest of the seal before it; of the first seal, 64 zeros. */
  previous: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  keyId: z.string(),
});

/** The signature is Ed25519, in base64url. */
const seal = statement.extend({ signature: z.string() });

const historySealed = seal.extend({
  /**
   * The leaf of each event, to name the one that is not as it was sealed: its first 16 digits, or all where the store may drop
   * the event after some time. The root and the signature say what is true.
   */
  leaves: z.array(z.string()),
  /** Where the last event sealed is found, in any store. */
  end: z.object({ streamId: z.string(), revision: z.number() }),
});

/** A public key, recorded before anything is signed with its private half. */
const sealKeyRecorded = z.object({
  keyId: z.string(),
  /** 32 bytes in base64url. */
  publicKey: z.string(),
  /** It signs from the one until the other; epoch milliseconds. */
  notBefore: z.number(),
  notAfter: z.number(),
});

export type SealedStatement = Readonly<z.infer<typeof statement>>;
export type Seal = Readonly<z.infer<typeof seal>>;
export type HistorySealed = EventOf<'HistorySealed', typeof historySealed>;
export type SealKeyRecorded = EventOf<'SealKeyRecorded', typeof sealKeyRecorded>;

export const isSealEvent = eventSchemas<HistorySealed>()({ HistorySealed: historySealed });
export const isSealKeyEvent = eventSchemas<SealKeyRecorded>()({ SealKeyRecorded: sealKeyRecorded });

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

export const digestOfSeal = (sealed: SealedStatement): Digest => hash('sha256', signedText(sealed), 'hex');
