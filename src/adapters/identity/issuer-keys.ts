import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';

/** The keys could not be had: nothing is known of the token, neither that it is good nor that it is not. */
export class IssuerAway extends Error {}

const FETCH_WITHIN_MS = 3_000;
/** A token by an unknown key makes the issuer be asked at most so often. */
const ASK_AGAIN_MS = 10_000;
/** It is asked at most so often while it fails, however many tokens name keys that are not known. */
const AT_MOST_EVERY_MS = 1_000;
/** A key the issuer has withdrawn is good for so long. */
const REFRESH_MS = 300_000;
/** That it fails is said at most so often. */
const SAID_EVERY_MS = 60_000;

export interface IssuerKeysOptions {
  readonly refreshMs?: number;
  readonly askAgainMs?: number;
  readonly atMostEveryMs?: number;
  /** The keys cannot be had now, and why. */
  readonly onAway?: (error: unknown) => void;
}

const seldom = (say: (error: unknown) => void): ((error: unknown) => void) => {
  let saidAt = -Infinity;
  return (error) => {
    if (performance.now() - saidAt < SAID_EVERY_MS) return;
    saidAt = performance.now();
    say(error);
  };
};

/** Rejects what comes too soon after the one before, without a call. */
const notTooOften = (everyMs: number): FetchImplementation => {
  let askedAt = -Infinity;
  return async (...asked) => {
    if (performance.now() - askedAt < everyMs) throw new Error('The issuer was asked a moment ago');
    askedAt = performance.now();
    return fetch(...asked);
  };
};

export interface IssuerKeys {
  readonly keys: JWTVerifyGetKey;
  readonly close: () => void;
}

/**
 * The keys of an issuer, by URL or as they are. Those at a URL are kept, asked for again now and then and for a key that is
 * not among them; while the issuer is away they are used as they were. Rejects with IssuerAway when there are none at all.
 */
export const issuerKeys = (
  jwks: URL | JSONWebKeySet,
  {
    refreshMs = REFRESH_MS,
    askAgainMs = ASK_AGAIN_MS,
    atMostEveryMs = AT_MOST_EVERY_MS,
    onAway = () => undefined,
  }: IssuerKeysOptions = {},
): IssuerKeys => {
  if (!(jwks instanceof URL)) return { keys: createLocalJWKSet(jwks), close: () => undefined };
  const remote = createRemoteJWKSet(jwks, {
    cacheMaxAge: Infinity,
    timeoutDuration: FETCH_WITHIN_MS,
    cooldownDuration: askAgainMs,
    [customFetch]: notTooOften(atMostEveryMs),
  });
  const say = seldom(onAway);
  // What does not answer now is asked again at the next turn: until then the keys stay what they were.
  const refresh = setInterval(() => void remote.reload().catch(say), refreshMs);
  refresh.unref();
  return {
    keys: async (header, token) => {
      try {
        return await remote(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        if (error instanceof errors.JWKSNoMatchingKey) throw error;
        say(error);
        throw new IssuerAway('The keys of the issuer could not be had', { cause: error });
      }
    },
    close: () => clearInterval(refresh),
  };
};
