import { either as E } from 'fp-ts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { type SigningKeys, type StoredSigningKey } from '../../application/ports/signing-keys.js';

export type Algorithm = 'ES256' | 'EdDSA';

/** An elliptic curve's, or Ed25519's, which has no `y`. */
const privateKey = z.object({
  kty: z.enum(['EC', 'OKP']),
  crv: z.string(),
  x: z.string(),
  y: z.string().optional(),
  d: z.string(),
  kid: z.string(),
});

export interface RingKey {
  readonly epoch: number;
  readonly kid: string;
  readonly signing: KeyObject;
  /** What everybody may know. */
  readonly published: JWK & { readonly x: string };
}

const generated = async (epoch: number, algorithm: Algorithm): Promise<StoredSigningKey> => {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  return { epoch, key: JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) }) };
};

const imported = ({ epoch, key }: StoredSigningKey, algorithm: Algorithm): RingKey => {
  const { kid, ...jwk } = privateKey.parse(JSON.parse(key));
  const { d: _, ...known } = jwk;
  const signing = createPrivateKey({ key: jwk, format: 'jwk' });
  return { epoch, kid, signing, published: { ...known, kid, alg: algorithm, use: 'sig' } };
};

export interface RingOptions {
  readonly keys: SigningKeys;
  readonly now: () => number;
  /** How long one key signs; milliseconds. */
  readonly rotationMs: number;
  readonly algorithm: Algorithm;
  /** A key is kept for this many rotations after it last signed. */
  readonly kept: number;
}

/** Other processes' keys are looked for this often. */
const LOOK_MS = 60_000;

/**
 * The key that signs now, those before it that are kept, and the next one, published before it signs. Held in memory, and good
 * while others are looked for, however long that takes; null while there is none to be had.
 */
export const keyRing = ({ keys, now, rotationMs, algorithm, kept }: RingOptions) => {
  let ring: { readonly at: number; readonly keys: ReadonlyArray<RingKey> } | null = null;
  let looking: Promise<ReadonlyArray<RingKey> | null> | null = null;

  const stored = async (epoch: number): Promise<ReadonlyArray<StoredSigningKey> | null> => {
    const known = await keys.all()();
    if (E.isLeft(known)) return null;
    const missing = [epoch, epoch + 1].filter((wanted) => !known.right.some((each) => each.epoch === wanted));
    if (missing.length === 0) return known.right;
    for (const wanted of missing) if (E.isLeft(await keys.offer(await generated(wanted, algorithm))())) return null;
    await keys.dropBefore(epoch - kept)();
    const all = await keys.all()();
    return E.isLeft(all) ? null : all.right;
  };
  const look = async (at: number, epoch: number): Promise<ReadonlyArray<RingKey> | null> => {
    const found = await stored(epoch);
    if (found === null) return ring?.keys ?? null;
    ring = { at, keys: found.map((each) => imported(each, algorithm)) };
    return ring.keys;
  };
  /** Waits for a look at what is stored only where nothing is held for now, or not the key that is asked for. */
  const current = async (kid?: string): Promise<ReadonlyArray<RingKey> | null> => {
    const at = now();
    const epoch = Math.floor(at / rotationMs);
    const held = ring !== null && ring.keys.some((key) => key.epoch === epoch) ? ring : null;
    if (held !== null && at - held.at < LOOK_MS) return held.keys;
    looking ??= look(at, epoch).finally(() => (looking = null));
    if (held === null || (kid !== undefined && !held.keys.some((key) => key.kid === kid))) return looking;
    // Whoever waits for it hears of a fault; the process does not end by one.
    looking.catch(() => undefined);
    return held.keys;
  };

  return {
    all: current,
    signing: async (): Promise<RingKey | null> => {
      const epoch = Math.floor(now() / rotationMs);
      return (await current())?.find((key) => key.epoch === epoch) ?? null;
    },
  };
};
