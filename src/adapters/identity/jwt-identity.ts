import { either as E } from 'fp-ts';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { recentlyUsed } from '../../application/kernel/recently-used.js';
import {
  type Identify,
  type InvalidCredential,
  type Recall,
  type Recognized,
  type WhyInvalid,
} from '../../application/ports/identity.js';
import { ALGORITHMS, IssuerAway, type IssuerKeys } from './issuer-keys.js';
import { named, roleOf } from './role-of.js';

const ofClaim: Readonly<Record<string, WhyInvalid>> = {
  iss: 'ISSUER',
  aud: 'AUDIENCE',
  exp: 'NO_EXPIRY',
  nbf: 'NOT_YET_VALID',
  sub: 'SUBJECT_NOT_AN_ID',
};

const whyOf = (error: unknown): WhyInvalid => {
  if (error instanceof errors.JWTClaimValidationFailed) return ofClaim[error.claim] ?? 'CLAIM';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'SIGNATURE';
  if (error instanceof errors.JWKSNoMatchingKey) return 'UNKNOWN_KEY';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'AMBIGUOUS_KEY';
  return error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported
    ? 'ALGORITHM'
    : 'NOT_A_TOKEN';
};

/** Longer names nothing that anybody has configured. */
const LONGEST = 100;

const headerOf = (token: string): Pick<InvalidCredential, 'alg' | 'kid'> => {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return {
      ...(typeof alg === 'string' && { alg: alg.slice(0, LONGEST) }),
      ...(typeof kid === 'string' && { kid: kid.slice(0, LONGEST) }),
    };
  } catch {
    return {};
  }
};

/** Why a token was refused, from the error that verifying it ended with. Of the token itself only `alg` and `kid` are told. */
const whyInvalid = (token: string, error: unknown): InvalidCredential => ({
  kind: 'InvalidCredential',
  why: whyOf(error),
  ...headerOf(token),
  ...(error instanceof errors.JWTClaimValidationFailed && { claim: error.claim }),
});

export interface JwtIdentityOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: IssuerKeys['keys'];
  /** Where a token names its roles; dots lead into objects. */
  readonly rolesClaim: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Clocks of two machines differ. */
const LEEWAY_SECONDS = 30;
/** Characters of all tokens that are remembered. */
const MOST_REMEMBERED = 32 * 2 ** 20;
/** A token that was refused is refused again without being verified; not for long, for its issuer may publish a new key. */
const REFUSED = { most: 1_000, ttlMs: 10_000 };

const claims = z.looseObject({ sub: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), exp: z.number() });

interface Remembered {
  readonly token: string;
  /** Null: it had already expired when it was first seen. */
  readonly recognized: Recognized | null;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** One signature fits one token, and is sooner found by. */
const signatureOf = (token: string): string => token.slice(token.lastIndexOf('.') + 1);
const expired = E.left({ kind: 'ExpiredCredential' as const });

export interface TokenIdentity {
  readonly recall: Recall;
  readonly identify: Identify;
}

/**
 * Whom a token of the shop's issuer names. A token is verified once and remembered, also that it has expired. So a key that is
 * withdrawn ends what it signed when that expires.
 */
export const jwtIdentity = ({ issuer, audience, keys, rolesClaim, now }: JwtIdentityOptions): TokenIdentity => {
  const remembered = new LRUCache<string, Remembered>({
    maxSize: MOST_REMEMBERED,
    sizeCalculation: ({ token }) => token.length,
  });
  /** Apart: made-up tokens push out none of the good ones. */
  const refused = recentlyUsed<string, InvalidCredential>(REFUSED.most, REFUSED.ttlMs);

  const verify = async (token: string): Promise<Remembered & { readonly recognized: Recognized }> => {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: LEEWAY_SECONDS,
      currentDate: new Date(now()),
    });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw new errors.JWTClaimValidationFailed('"sub" is no id', payload, 'sub', 'check_failed');
    const { sub, exp } = parsed.data;
    const until = (exp + LEEWAY_SECONDS) * 1_000;
    const caller = named(sub, roleOf(payload, rolesClaim));
    return { token, recognized: { caller, validity: { kind: 'Until', at: until } }, until };
  };

  const recall: Recall = (token) => {
    const known = remembered.get(signatureOf(token));
    if (known?.token !== token) {
      const why = refused.get(token);
      return why === undefined ? null : E.left(why);
    }
    return known.recognized !== null && now() < known.until ? E.right(known.recognized) : expired;
  };

  const identify: Identify = (token) => async () => {
    const known = recall(token);
    if (known !== null) return known;
    try {
      const verified = await verify(token);
      remembered.set(signatureOf(token), verified);
      return E.right(verified.recognized);
    } catch (error) {
      if (error instanceof IssuerAway) return E.left({ kind: 'IdentityUnavailable' });
      if (error instanceof errors.JWTExpired) {
        remembered.set(signatureOf(token), { token, recognized: null, until: 0 });
        return expired;
      }
      if (!(error instanceof errors.JOSEError)) throw error;
      const invalid = whyInvalid(token, error);
      if (!(error instanceof errors.JWKSNoMatchingKey)) refused.set(token, invalid);
      return E.left(invalid);
    }
  };
  return { recall, identify };
};
