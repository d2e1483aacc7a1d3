import { Call } from './call.js';
import { newId } from './new-id.js';
import { aLittleLater, backOff, pause, retryAfter } from './pause.js';
import { type SolveChallenge, solveAltcha } from './solve-altcha.js';

/** One try of a call, as `fetch` takes it. */
export interface Sent {
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What sends it: the platform's `fetch`, or whatever has sockets of its own. Rejects where there is no answer. */
export type Fetch = (url: string, sent: Sent) => Promise<Response>;

/** Why a call is sent again. */
export interface Retry {
  readonly reason: 'NO_ANSWER' | 'UNAVAILABLE' | 'RATE_LIMITED' | 'IN_PROGRESS';
  /** Until it is sent again, milliseconds. */
  readonly inMs: number;
}

export interface SendOptions {
  /** Who asks: a JWT of the shop's issuer or an API key. A function is asked before each try, so that it may renew it. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Of what the server says to people. Default: what the browser or the server prefers. */
  readonly language?: 'en' | 'ko' | undefined;
  /** Default: the platform's. */
  readonly fetch?: Fetch | undefined;
  /** How long a call may be tried again, milliseconds; 0: never. Default 30,000. */
  readonly retryForMs?: number | undefined;
  /** Told before the wait for each further try, so that a page can say why it takes so long. */
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** How long one try may take, beyond the wait it asks for; milliseconds. 0: as long as `fetch` lets it. Default 15,000. */
  readonly timeoutMs?: number | undefined;
  /** Answers challenges; null leaves the refusal as it is. Default: ALTCHA's are solved. */
  readonly solveChallenge?: SolveChallenge | null | undefined;
}

const MOST_CHALLENGES = 3;

const waitOf = (headers: Headers): number => 1_000 * Number(/wait=(\d+)/.exec(headers.get('prefer') ?? '')?.[1] ?? 0);

const challengeOf = async (response: Response): Promise<object | null> => {
  if (response.status !== 403) return null;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (typeof body !== 'object' || body === null || !('challenge' in body)) return null;
  return typeof body.challenge === 'object' ? body.challenge : null;
};

/** The first try is still being answered: no refusal, the answer to the same key comes later. */
const isRunning = async (response: Response): Promise<boolean> => {
  if (response.status !== 409 || retryAfter(response) === null) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body && body.code === 'IDEMPOTENCY_KEY_IN_PROGRESS';
};

/** A call whose second time changes nothing that its first time did not: by its method, or by its key. */
const isRepeatable = ({ method, headers }: Call): boolean =>
  method === 'POST' ? headers.has('idempotency-key') : method !== 'PATCH';

/** The server did not get the whole call in time, or a proxy got no answer of it. */
const isUnanswered = ({ status }: Response): boolean => status === 408 || status === 502 || status === 504;

/** Another token of the same caller will do; nothing was done. */
export const hasExpired = ({ status, headers }: Response): boolean =>
  status === 401 && headers.get('www-authenticate')?.includes('error_description="The token has expired"') === true;

/** Throws where the caller aborts, or when it takes too long, also to read the answer. */
const within = (ms: number, signal: AbortSignal | undefined): AbortSignal | undefined => {
  if (ms === 0) return signal;
  return signal === undefined ? AbortSignal.timeout(ms) : AbortSignal.any([signal, AbortSignal.timeout(ms)]);
};

/** With all of its text, so that one that breaks off counts as none. What is told while it goes on, and files, are left to their reader. */
const whole = async (response: Response): Promise<Response> => {
  const isJson = /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');
  if (!isJson || response.body === null) return response;
  const { status, statusText, headers } = response;
  return new Response(await response.text(), { status, statusText, headers });
};

/**
 * Why and when the same is sent again; null: this is the answer. 429 says that nothing was done. 503 with Retry-After says
 * that it may be tried again, where that is safe. Any other answer is one.
 */
const again = async (response: Response, isSafe: boolean, unaskedMs: number): Promise<Retry | null> => {
  const asked = retryAfter(response);
  if (isSafe && isUnanswered(response)) return { reason: 'NO_ANSWER', inMs: asked ?? unaskedMs };
  if (asked === null) return null;
  if (response.status === 429) return { reason: 'RATE_LIMITED', inMs: asked };
  if (!isSafe) return null;
  if (response.status === 503) return { reason: 'UNAVAILABLE', inMs: asked };
  return (await isRunning(response)) ? { reason: 'IN_PROGRESS', inMs: asked } : null;
};

export interface Send {
  /** A POST without an `Idempotency-Key` gets one, so that it can be sent again. */
  readonly once: (call: Request) => Promise<Response>;
  /** For calls that change nothing the second time by what they say: they need no key. */
  readonly repeatable: (call: Request) => Promise<Response>;
  /** One try, with the credential. */
  readonly plain: Fetch;
  /** The credential may be another one at the next try. */
  readonly isRenewing: boolean;
}

/** openapi-fetch makes all of its requests by the class it was given. */
const callOf = (request: Request): Call => {
  if (request instanceof Call) return request;
  throw new TypeError('Not a call of this client');
};

/**
 * Calls as the server tells clients to make them: what was not answered, or is to come again, is sent again as it was,
 * not earlier than asked; a challenge is solved. Throws where there is no answer in the end, or the signal aborts.
 */
export const sending = (options: SendOptions): Send => {
  const { token, language, retryForMs = 30_000, timeoutMs = 15_000, solveChallenge = solveAltcha, onRetry } = options;
  const fetchOnce = options.fetch ?? ((url: string, sent: Sent) => fetch(url, sent));

  const credential = async (): Promise<string | undefined> => {
    const secret = typeof token === 'function' ? await token() : token;
    return secret && `Bearer ${secret}`;
  };
  const plain: Fetch = async (url, sent) => {
    const shown = await credential();
    if (shown !== undefined) sent.headers.set('authorization', shown);
    if (language !== undefined) sent.headers.set('accept-language', language);
    return fetchOnce(url, sent);
  };
  const isRenewed = async (headers: Headers): Promise<boolean> => {
    const now = await credential();
    return now !== undefined && now !== headers.get('authorization');
  };
  const solutionFor = async (response: Response, signal: AbortSignal | undefined): Promise<string | null> => {
    if (solveChallenge === null) return null;
    const challenge = await challengeOf(response);
    if (challenge === null) return null;
    return solveChallenge(challenge, signal ?? new AbortController().signal).catch(() => {
      signal?.throwIfAborted();
      return null;
    });
  };
  const persist = async (call: Call, isSafe: boolean): Promise<Response> => {
    const { url, method, headers, written: body, leaving: signal } = call;
    const until = performance.now() + retryForMs;
    const mayWait = (ms: number): boolean => performance.now() + ms < until;
    let [challenges, mayRenew] = [0, retryForMs > 0];
    for (let failures = 0; ; failures += 1) {
      let retry: Retry = { reason: 'NO_ANSWER', inMs: backOff(failures) };
      try {
        const tryMs = timeoutMs === 0 ? 0 : timeoutMs + waitOf(headers);
        const response = await whole(await plain(url, { method, headers, body, signal: within(tryMs, signal) }));
        const solution = challenges < MOST_CHALLENGES ? await solutionFor(response, signal) : null;
        if (solution !== null) {
          challenges += 1;
          headers.set('challenge-response', solution);
          continue;
        }
        // It may have run out on the way, as where the page was asleep meanwhile.
        if (mayRenew && hasExpired(response) && (await isRenewed(headers))) {
          mayRenew = false;
          continue;
        }
        const asked = await again(response, isSafe, retry.inMs);
        if (asked === null || !mayWait(asked.inMs)) return response;
        retry = { ...asked, inMs: aLittleLater(asked.inMs) };
        await response.body?.cancel();
      } catch (error) {
        if (signal?.aborted === true || !isSafe || !mayWait(retry.inMs)) throw error;
      }
      onRetry?.(retry);
      await pause(retry.inMs, signal);
    }
  };

  return {
    plain,
    isRenewing: typeof token === 'function',
    repeatable: (request) => persist(callOf(request), true),
    once: (request) => {
      const call = callOf(request);
      if (call.method === 'POST' && !call.headers.has('idempotency-key')) call.headers.set('idempotency-key', newId());
      return persist(call, isRepeatable(call));
    },
  };
};
