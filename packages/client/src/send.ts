import { newId } from './new-id.js';
import { aLittleLater, backOff, pause, retryAfter } from './pause.js';
import { type SolveChallenge, solveAltcha } from './solve-altcha.js';

/** What `fetch` does with one `Request`. */
export type Fetch = (request: Request) => Promise<Response>;

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
  /** How long one try may take, beyond the wait it asks for; milliseconds. Default 15,000. */
  readonly timeoutMs?: number | undefined;
  /** Answers challenges; null leaves the refusal as it is. Default: ALTCHA's are solved. */
  readonly solveChallenge?: SolveChallenge | undefined;
}

const MOST_CHALLENGES = 3;

const waitOf = ({ headers }: Request): number =>
  1_000 * Number(/wait=(\d+)/.exec(headers.get('prefer') ?? '')?.[1] ?? 0);

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
const isRepeatable = ({ method, headers }: Request): boolean =>
  method === 'POST' ? headers.has('idempotency-key') : method !== 'PATCH';

/** A proxy says that it got no answer. The server itself never says this. */
const isUnanswered = ({ status }: Response): boolean => status === 502 || status === 504;

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
  readonly once: Fetch;
  /** For calls that change nothing the second time by what they say: they need no key. */
  readonly repeatable: Fetch;
  /** One try, with the credential. */
  readonly plain: Fetch;
}

/**
 * Calls as the server tells clients to make them: what was not answered, or is to come again, is sent again as it was,
 * not earlier than asked; a challenge is solved. Throws where there is no answer in the end, or the signal aborts.
 */
export const sending = (options: SendOptions): Send => {
  const { token, language, retryForMs = 30_000, timeoutMs = 15_000, solveChallenge = solveAltcha, onRetry } = options;
  const fetchOnce = options.fetch ?? ((request: Request) => fetch(request));

  const plain: Fetch = async (request) => {
    const credential = typeof token === 'function' ? await token() : token;
    if (credential !== undefined) request.headers.set('authorization', `Bearer ${credential}`);
    if (language !== undefined) request.headers.set('accept-language', language);
    return fetchOnce(request);
  };
  const tryOnce = (request: Request): Promise<Response> => {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs + waitOf(request))]);
    return plain(new Request(request.clone(), { signal }));
  };
  const persist = async (request: Request, isSafe: boolean): Promise<Response> => {
    const { signal } = request;
    const until = performance.now() + retryForMs;
    const mayWait = (ms: number): boolean => performance.now() + ms < until;
    let challenges = 0;
    for (let failures = 0; ; failures += 1) {
      let retry: Retry = { reason: 'NO_ANSWER', inMs: backOff(failures) };
      try {
        const response = await tryOnce(request);
        const challenge = challenges < MOST_CHALLENGES ? await challengeOf(response) : null;
        const solution = challenge === null ? null : await solveChallenge(challenge, signal);
        if (solution !== null) {
          challenges += 1;
          request.headers.set('challenge-response', solution);
          continue;
        }
        const asked = await again(response, isSafe, retry.inMs);
        if (asked === null || !mayWait(asked.inMs)) return response;
        retry = { ...asked, inMs: aLittleLater(asked.inMs) };
        await response.body?.cancel();
      } catch (error) {
        if (signal.aborted || !isSafe || !mayWait(retry.inMs)) throw error;
      }
      onRetry?.(retry);
      await pause(retry.inMs, signal);
    }
  };

  return {
    plain,
    repeatable: (request) => persist(request, true),
    once: (request) => {
      if (request.method === 'POST' && !request.headers.has('idempotency-key'))
        request.headers.set('idempotency-key', newId());
      return persist(request, isRepeatable(request));
    },
  };
};
