import { either as E } from 'fp-ts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { type PassKeys, type StoredPassKey } from '../../application/ports/pass-keys.js';

export const ALGORITHM = 'ES256';

const privateKey = z.object({
  kty: z.literal('EC'),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
});

type Imported = Awaited<ReturnType<typeof importJWK>>;

export interface RingKey {
  readonly epoch: number;
  readonly kid: string;
  readonly signing: Imported;
  /** What everybody may know. */
  readonly published: JWK;
}

const generated = async (epoch: number): Promise<StoredPassKey> => {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  return { epoch, key: JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) }) };
};

const imported = async ({ epoch, key }: StoredPassKey): Promise<RingKey> => {
  const jwk = privateKey.parse(JSON.parse(key));
  const { d: _, ...known } = jwk;
  return {
    epoch,
    kid: jwk.kid,
    signing: await importJWK(jwk, ALGORITHM),
    published: { ...known, alg: ALGORITHM, use: 'sig' },
  };
};

export interface RingOptions {
  readonly keys: PassKeys;
  readonly now: () => number;
  /** How long one key signs; milliseconds. */
  readonly rotationMs: number;
}

/** A key is kept this many rotations after it signed last: longer than any pass is good. */
const KEPT = 7;
/** Other processes' keys are looked for this often. */
const LOOK_MS = 60_000;

/**
 * The key that signs now, those whose passes may still be about, and the next one, published before it signs. Kept
 * in memory; null while there is none to be had.
 */
export const keyRing = ({ keys, now, rotationMs }: RingOptions) => {
  let ring: { readonly at: number; readonly keys: ReadonlyArray<RingKey> } | null = null;
  let looking: Promise<ReadonlyArray<RingKey> | null> | null = null;

  const stored = async (epoch: number): Promise<ReadonlyArray<StoredPassKey> | null> => {
    const known = await keys.all()();
    if (E.isLeft(known)) return null;
    const missing = [epoch, epoch + 1].filter((wanted) => !known.right.some((each) => each.epoch === wanted));
    if (missing.length === 0) return known.right;
    for (const wanted of missing) if (E.isLeft(await keys.offer(await generated(wanted))())) return null;
    await keys.dropBefore(epoch - KEPT)();
    const all = await keys.all()();
    return E.isLeft(all) ? null : all.right;
  };
  const look = async (at: number, epoch: number): Promise<ReadonlyArray<RingKey> | null> => {
    const found = await stored(epoch);
    if (found === null) return ring?.keys ?? null;
    ring = { at, keys: await Promise.all(found.map(imported)) };
    return ring.keys;
  };
  const current = async (): Promise<ReadonlyArray<RingKey> | null> => {
    const at = now();
    const epoch = Math.floor(at / rotationMs);
    const isFresh = ring !== null && at - ring.at < LOOK_MS && ring.keys.some((key) => key.epoch === epoch);
    if (isFresh && ring !== null) return ring.keys;
    looking ??= look(at, epoch).finally(() => (looking = null));
    return looking;
  };

  return {
    all: current,
    signing: async (): Promise<RingKey | null> => {
      const epoch = Math.floor(now() / rotationMs);
      return (await current())?.find((key) => key.epoch === epoch) ?? null;
    },
  };
};
