import { type Answer, type Client, createClient } from '../../../packages/client/src/index.js';
import { poolFetch, type PoolOptions } from './pool-fetch.js';

/** The credentials of a rehearsal. A server without authentication needs none of them. */
export interface Credentials {
  /** For the shop's calls: an operator's key, or ADMIN_TOKEN of the server. */
  readonly token?: string | undefined;
  /** For the calls of visitors: a key of the role `service`, which acts for any user. */
  readonly serviceKey?: string | undefined;
}

export interface CallerOptions extends Credentials, PoolOptions {
  /** Given: calls are made again, as clients are told to, until it aborts. */
  readonly signal?: AbortSignal | undefined;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** The clients of a rehearsal, over one pool of connections. */
export interface Callers {
  /** Whoever came to the sale. */
  readonly visitor: Client;
  /** The same, who asks again for as long as their signal lets them. */
  readonly patient: Client;
  /** The shop. */
  readonly operator: Client;
  /** A good answer's value. Throws, with `what` was to be done, where something else was answered. */
  readonly expect: <T>(answer: Promise<Answer<T, Refusal>>, what: string) => Promise<T>;
  /** An answer nobody expected, in words: its status, its code, and what may help. */
  readonly describeRefusal: (refusal: Refusal) => string;
  readonly close: () => Promise<void>;
}

const describeRefusal =
  ({ token, serviceKey }: Credentials) =>
  ({ status, code, detail }: Refusal): string => {
    if (status === 0) return detail;
    const words = `${status} ${code}`;
    if (status !== 401 && status !== 403) return words;
    const missing = [
      ...(token === undefined ? ['--token'] : []),
      ...(serviceKey === undefined ? ['--service-key'] : []),
    ];
    const given =
      token === undefined ? '' : ': the token given is not that server’s ADMIN_TOKEN or a key of an operator there';
    return `${words}${given}${missing.length === 0 ? '' : `; give ${missing.join(' and ')}`}`;
  };

export const openCallers = (options: CallerOptions): Callers => {
  const { url, token, serviceKey, signal } = options;
  const { fetch, close } = poolFetch(options);
  signal?.addEventListener('abort', () => void close(), { once: true });
  const onRetry = (): void => signal?.throwIfAborted();
  const as = (credential: string | undefined, retryForMs = signal === undefined ? 0 : Infinity): Client =>
    createClient({ url, token: credential, fetch, timeoutMs: 0, retryForMs, onRetry });
  const describe = describeRefusal(options);
  return {
    visitor: as(serviceKey),
    patient: as(serviceKey, Infinity),
    operator: as(token),
    describeRefusal: describe,
    expect: async (answer, what) => {
      const given = await answer;
      if (!given.ok) throw new Error(`${what}: the server answered ${describe(given.problem)}`);
      return given.value;
    },
    close,
  };
};
