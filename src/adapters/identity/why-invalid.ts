import { decodeProtectedHeader, errors } from 'jose';
import { type InvalidCredential, type WhyInvalid } from '../../application/ports/identity.js';

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
export const whyInvalid = (token: string, error: unknown): InvalidCredential => ({
  kind: 'InvalidCredential',
  why: whyOf(error),
  ...headerOf(token),
  ...(error instanceof errors.JWTClaimValidationFailed && { claim: error.claim }),
});
