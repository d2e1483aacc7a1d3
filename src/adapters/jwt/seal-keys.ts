import { either as E } from 'fp-ts';
import { sign } from 'node:crypto';
import { type SigningKeys } from '../../application/ports/signing-keys.js';
import { type SealKey, type SealKeys } from '../../application/ports/seal-keys.js';
import { keyRing, type RingKey } from './key-ring.js';

export interface SealKeysOptions {
  readonly keys: SigningKeys;
  readonly now: () => number;
  /** How long one key signs; milliseconds. */
  readonly rotationMs: number;
}

/** The private half is deleted one rotation after it last signed; the public half stays in the history. */
const KEPT = 1;

/** Ed25519 keys that are stored and rotated as those of passes are. */
export const ringOfSealKeys = (options: SealKeysOptions): SealKeys => {
  const ring = keyRing({ ...options, algorithm: 'EdDSA', kept: KEPT });
  const sealKey = ({ epoch, kid, signing, published }: RingKey): SealKey => ({
    keyId: kid,
    publicKey: published.x,
    notBefore: epoch * options.rotationMs,
    notAfter: (epoch + 1) * options.rotationMs,
    // Here, in 40 µs: handed to the thread pool it costs half as much again, and a busy machine keeps the answer waiting for a thread.
    sign: async (bytes) => sign(null, bytes, signing).toString('base64url'),
  });
  return {
    current: () => async () => {
      const [signing, known] = [await ring.signing(), await ring.all()];
      return signing === null || known === null
        ? E.left('SigningKeysUnavailable')
        : E.right({ signing: sealKey(signing), known: known.map(sealKey) });
    },
  };
};
