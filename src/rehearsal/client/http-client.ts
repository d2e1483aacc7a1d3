import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, Pool } from 'undici';
import { type z } from 'zod';
import { answerOf } from './answer-of.js';
import { authorization, type Caller, type Credentials } from './credentials.js';

export interface Reply {
  readonly status: number;
  /** Null for none; what is no JSON comes as `{ code: 'NOT_JSON' }`. */
  readonly body: unknown;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Whose call it is. Default: a visitor's. */
  readonly as?: Caller;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Until when a call is made again that was not answered for good. */
export interface Persistence {
  /** Aborted when the whole rehearsal is given up. */
  readonly signal: AbortSignal;
  /** Told of each call that is made again, and why. */
  readonly onRepeat?: (why: string) => void;
}

/** Answers that say: nothing is decided, come again. */
const COME_AGAIN: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const AGAIN_MS = 100;
const LONGEST_MS = 5_000;

const parsed = (text: string): unknown => {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return { code: 'NOT_JSON', text };
  }
};

/** What `Retry-After` asks for, within reason. */
const pauseAfter = (headers: Dispatcher.ResponseData['headers']): number => {
  const seconds = Number(headers['retry-after'] ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, LONGEST_MS) : AGAIN_MS;
};

export interface HttpClientOptions extends Credentials {
  readonly url: string;
  /** Open connections. */
  readonly sockets: number;
  /** Of one call, milliseconds. */
  readonly timeoutMs: number;
  /** Given: calls are made again as clients are told to. */
  readonly persistence?: Persistence;
}

export interface HttpClient {
  /** Whatever is answered. */
  readonly send: (request: Request) => Promise<Reply>;
  /** A good answer's body. Throws, with `what` was to be done, where something else was answered. */
  readonly expect: <A>(schema: z.ZodType<A>, reply: Reply, what: string) => A;
  /** Sends, and expects a good answer. */
  readonly read: <A>(schema: z.ZodType<A>, request: Request, what: string) => Promise<A>;
  readonly close: () => Promise<void>;
}

interface Answered {
  readonly reply: Reply;
  readonly pauseMs: number;
}

const sendOnce =
  (pool: Pool, credentials: Credentials, signal: AbortSignal | undefined) =>
  async ({ method, path, as = 'visitor', headers = {}, body }: Request): Promise<Answered> => {
    const json = body === undefined && method !== 'POST' ? {} : { 'content-type': 'application/json' };
    const response = await pool.request({
      method,
      path,
      headers: { ...json, ...authorization(credentials, as), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
    const reply = { status: response.statusCode, body: parsed(await response.body.text()) };
    return { reply, pauseMs: pauseAfter(response.headers) };
  };

const untilAnswered =
  (send: (request: Request) => Promise<Answered>, { signal, onRepeat = () => undefined }: Persistence) =>
  async (request: Request): Promise<Reply> => {
    for (;;) {
      let pauseMs = AGAIN_MS;
      try {
        const answer = await send(request);
        if (!COME_AGAIN.has(answer.reply.status)) return answer.reply;
        pauseMs = answer.pauseMs;
        onRepeat(`${request.method} answered ${answer.reply.status}`);
      } catch (error) {
        signal.throwIfAborted();
        onRepeat(`${request.method} not answered: ${error instanceof Error ? error.message : String(error)}`);
      }
      await sleep(pauseMs, undefined, { signal });
    }
  };

/**
 * Calls as the documentation tells clients to make them: what is answered «come again», or not at all because the
 * connection closed, is sent again as it was, with the same ids. Without `persistence` each call is made once.
 * By undici's pool and not by packages/client, whose `fetch` takes over ten times the CPU for a call: a rehearsal would take that
 * from the server on the same machine.
 */
export const createHttpClient = (options: HttpClientOptions): HttpClient => {
  const { url, sockets, timeoutMs, persistence } = options;
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
  const pool = new Pool(url, { connections: sockets, ...limits });
  const once = sendOnce(pool, options, persistence?.signal);
  const send =
    persistence === undefined
      ? async (request: Request): Promise<Reply> => (await once(request)).reply
      : untilAnswered(once, persistence);
  const expect = <A>(schema: z.ZodType<A>, { status, body }: Reply, what: string): A => {
    const { success, data } = schema.safeParse(body);
    if (!success || status >= 300) throw new Error(`${what}: the server answered ${answerOf(status, body, options)}`);
    return data;
  };
  return {
    send,
    expect,
    read: async (schema, request, what) => expect(schema, await send(request), what),
    close: () => pool.destroy(),
  };
};
