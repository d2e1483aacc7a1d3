import { either as E, type taskEither as TE } from 'fp-ts';
import { createLocalJWKSet, decodeProtectedHeader, errors, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type SigningKeys } from '../../application/ports/signing-keys.js';
import { type Passes } from '../../application/ports/passes.js';
import { keyRing } from './key-ring.js';

export interface JwtPassesOptions {
  readonly keys: SigningKeys;
  readonly now: () => number;
  /** How long one key signs; milliseconds. */
  readonly rotationMs: number;
}

export interface JwtPasses extends Passes {
  /** What others verify passes with: the keys of now, of lately, and the next one. */
  readonly published: () => TE.TaskEither<'PassesUnavailable', JSONWebKeySet>;
}

const ISSUER = 'doorbuster';

const ALGORITHM = 'ES256';
/** Rotations for which a key is published after it last signed: longer than any pass is valid. */
const KEPT = 7;

const claims = z.object({ sub: z.string(), schedule: z.string(), token: z.string(), exp: z.number() });

/** Undefined where it names none, or is no pass. */
const keyIdOf = (pass: string): string | undefined => {
  try {
    return decodeProtectedHeader(pass).kid;
  } catch {
    return undefined;
  }
};

/**
 * Passes as JWTs (ES256): `sub` the user, `schedule`, `token`, `exp` the absolute end of the place. Whoever knows the
 * published keys verifies them without asking.
 */
export const jwtPasses = (options: JwtPassesOptions): JwtPasses => {
  const { now } = options;
  const ring = keyRing({ ...options, algorithm: ALGORITHM, kept: KEPT });
  const published = async (kid?: string): Promise<JSONWebKeySet | null> => {
    const keys = await ring.all(kid);
    return keys === null ? null : { keys: keys.map((key) => key.published) };
  };
  return {
    issue:
      ({ userId, scheduleId, tokenId, expiresAt }) =>
      async () => {
        const key = await ring.signing();
        if (key === null) return E.left('PassesUnavailable');
        const jwt = new SignJWT({ schedule: scheduleId, token: tokenId })
          .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' })
          .setIssuer(ISSUER)
          .setSubject(userId)
          .setIssuedAt(Math.floor(now() / 1_000))
          // In whole seconds, and never before the place ends.
          .setExpirationTime(Math.ceil(expiresAt / 1_000));
        return E.right(await jwt.sign(key.signing));
      },
    verify: (pass) => async () => {
      const keys = await published(keyIdOf(pass));
      if (keys === null) return E.left('PassesUnavailable');
      try {
        const rules = { issuer: ISSUER, algorithms: [ALGORITHM], currentDate: new Date(now()) };
        const { payload } = await jwtVerify(pass, createLocalJWKSet(keys), rules);
        const { sub, schedule, token, exp } = claims.parse(payload);
        return E.right({ userId: sub, scheduleId: schedule, tokenId: token, expiresAt: exp * 1_000 });
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) return E.left('InvalidPass');
        throw error;
      }
    },
    published: () => async () => {
      const keys = await published();
      return keys === null ? E.left('PassesUnavailable') : E.right(keys);
    },
  };
};
