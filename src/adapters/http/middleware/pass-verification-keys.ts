import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** The keys could not be had: nothing is known of the pass, neither that it is good nor that it is not. */
export class KeysUnavailable extends Error {}

const FETCH_WITHIN_MS = 3_000;

/**
 * The keys passes are verified with. Those at a URL are kept for good and asked for again only for a pass whose key is not
 * among them: a key is published long before it signs, and what signed it stays published for longer than a pass lasts.
 * So passes are verified while nobody answers there. Rejects with KeysUnavailable when it depends on an answer.
 */
export const passVerificationKeys = (jwks: URL | JSONWebKeySet): JWTVerifyGetKey => {
  if (!(jwks instanceof URL)) return createLocalJWKSet(jwks);
  const remote = createRemoteJWKSet(jwks, { cacheMaxAge: Infinity, timeoutDuration: FETCH_WITHIN_MS });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new KeysUnavailable('The keys of passes could not be had', { cause: error });
    }
  };
};
