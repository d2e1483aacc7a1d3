import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, type Pool } from 'undici';

export interface Reply {
  readonly status: number;
  /** Null for none; what is no JSON comes as `{ code: 'NOT_JSON' }`. */
  readonly body: unknown;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
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

/**
 * Calls as the documentation tells clients to make them: what is answered «come again», or not at all because the
 * connection closed, is sent again as it was, with the same ids. Without `persistence` each call is made once.
 */
export const sendOn =
  (persistence?: Persistence) =>
  async (pool: Pool, { method, path, headers = {}, body }: Request): Promise<Reply> => {
    const signal = persistence?.signal;
    const once = async () => {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await pool.request({
        method,
        path,
        headers: { ...json, ...headers },
        body: body === undefined ? null : JSON.stringify(body),
        ...(signal !== undefined && { signal }),
      });
      const reply: Reply = { status: response.statusCode, body: parsed(await response.body.text()) };
      return { reply, pauseMs: pauseAfter(response.headers) };
    };
    if (persistence === undefined) return (await once()).reply;
    for (;;) {
      let pauseMs = AGAIN_MS;
      try {
        const answer = await once();
        if (!COME_AGAIN.has(answer.reply.status)) return answer.reply;
        pauseMs = answer.pauseMs;
        persistence.onRepeat?.(`${method} answered ${answer.reply.status}`);
      } catch (error) {
        persistence.signal.throwIfAborted();
        persistence.onRepeat?.(`${method} not answered: ${error instanceof Error ? error.message : String(error)}`);
      }
      await sleep(pauseMs, undefined, { signal: persistence.signal });
    }
  };
