import { types } from 'node:util';
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

/** Those that sign with a private key: a secret that is shared proves nothing about who signed. */
export const ALGORITHMS: string[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];
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
  readonly askAgainMs?: number;
  readonly atMostEveryMs?: number;
  /** The keys cannot be had now, and why, in words. */
  readonly onAway?: (why: string) => void;
}

const seldom = (say: (why: string) => void): ((error: unknown) => void) => {
  let saidAt = -Infinity;
  let known: unknown;
  return (error) => {
    if (!(error instanceof AskedTooSoon)) known = error;
    if (performance.now() - saidAt < SAID_EVERY_MS) return;
    saidAt = performance.now();
    say(whyAway(known ?? error));
  };
};

/** It was asked a moment ago, and failed: why is known from then. */
class AskedTooSoon extends Error {}

const fetchKeys: FetchImplementation = async (...asked) => {
  const answer = await fetch(...asked);
  if (answer.status !== 200) throw new Error(`it answers ${answer.status}`);
  return answer;
};

/** Rejects what comes too soon after the one before, without a call. */
const notTooOften = (everyMs: number): FetchImplementation => {
  let askedAt = -Infinity;
  return async (...asked) => {
    if (performance.now() - askedAt < everyMs) throw new AskedTooSoon('it was asked a moment ago');
    askedAt = performance.now();
    return fetchKeys(...asked);
  };
};

/** Why the keys could not be had: what the network said, where it was the network. */
export const whyAway = (error: unknown): string => {
  if (!types.isNativeError(error)) return String(error);
  if (error instanceof errors.JWKSTimeout) return `it did not answer within ${FETCH_WITHIN_MS / 1_000} s`;
  if (error instanceof errors.JWKSInvalid) return 'its answer is no key set: {"keys": […]}';
  const { message, cause } = error;
  if (!types.isNativeError(cause)) return message;
  if (cause.name === 'SyntaxError') return 'its answer is not JSON';
  // `fetch failed` says nothing, its cause does; of several addresses that were tried, only the code of the cause.
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
};

/** A URL as it may be logged: it may hold a password, or a key in its query. */
export const loggable = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

const KINDS = ['RSA', 'EC', 'OKP'];

/** How many of the keys may verify a token. */
export const countUsable = ({ keys }: JSONWebKeySet): number =>
  keys.filter(
    ({ kty = '', use = 'sig', alg }) =>
      KINDS.includes(kty) && use === 'sig' && (alg === undefined || ALGORITHMS.includes(alg)),
  ).length;

/** The keys at a URL, asked for once. Rejects where they cannot be had; `whyAway` says why. */
export const readIssuerKeys = async (url: URL): Promise<JSONWebKeySet> => {
  const remote = createRemoteJWKSet(url, { timeoutDuration: FETCH_WITHIN_MS, [customFetch]: fetchKeys });
  await remote.reload();
  return remote.jwks() ?? { keys: [] };
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
  { askAgainMs = ASK_AGAIN_MS, atMostEveryMs = AT_MOST_EVERY_MS, onAway = () => undefined }: IssuerKeysOptions = {},
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
  const refresh = setInterval(() => void remote.reload().catch(say), REFRESH_MS);
  refresh.unref();
  return {
    keys: async (header, token) => {
      try {
        return await remote(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        if (error instanceof errors.JWKSNoMatchingKey) {
          if (countUsable(remote.jwks() ?? { keys: [] }) === 0) say(new Error('it publishes no key that can be used'));
          throw error;
        }
        say(error);
        throw new IssuerAway('The keys of the issuer could not be had', { cause: error });
      }
    },
    close: () => clearInterval(refresh),
  };
};
