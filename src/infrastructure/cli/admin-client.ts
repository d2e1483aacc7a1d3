import { z } from 'zod';
import { jsonOf } from '../../application/kernel/json-of.js';
import { inWords } from '../system/in-words.js';
import { CallFailed } from './failures.js';

/** A name given on the command line as one segment of a path, whatever it contains. */
export const encoded = (name: unknown): string => encodeURIComponent(String(name));

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
  /** Lines that come before the answer of a call that takes long. */
  readonly onProgress?: (line: unknown) => void;
}

export const get = (path: string): Call => ({ method: 'GET', path });
export const post = (path: string, body: object): Call => ({ method: 'POST', path, body });

/** Operators' calls to a running server. Rejects with CallFailed. */
export type AdminClient = (call: Call) => Promise<unknown>;

const problem = z.object({ title: z.string(), code: z.string(), detail: z.string().optional() });
const errors = z.object({ errors: z.array(z.object({ path: z.string(), message: z.string() })) });
const line = z.object({ progress: z.unknown(), result: z.unknown(), error: z.unknown() }).partial();

const whatToDo = (status: number, hasToken: boolean): string => {
  if (status !== 401 && status !== 403) return '';
  return hasToken
    ? '; the token given is not that server’s ADMIN_TOKEN or a key of an operator there'
    : '; give --token, or set ADMIN_TOKEN';
};

const failure = (answer: unknown, status: number, hasToken: boolean): CallFailed => {
  const { data } = problem.safeParse(answer);
  const hint = whatToDo(status, hasToken);
  if (data === undefined) return new CallFailed(`The server answered ${status}${hint}`, `HTTP_${status}`);
  const fields = (errors.safeParse(answer).data?.errors ?? []).map(({ path, message }) => `; ${path}: ${message}`);
  return new CallFailed(`${data.code}: ${data.detail ?? data.title}${fields.join('')}${hint}`, data.code);
};

const parsed = (text: string, url: string): unknown => {
  const answer = jsonOf(text);
  if (answer !== undefined) return answer;
  throw new CallFailed(`The answer of ${url} is not JSON: is it a Doorbuster server?`, 'NOT_UNDERSTOOD');
};

const cutOff = (): CallFailed => new CallFailed('The server closed the connection before it answered', 'CUT_OFF');

/** What comes of an answer until it ends; rejects with CallFailed where it broke off. */
async function* textOf({ body }: Response): AsyncGenerator<string> {
  try {
    yield* body?.pipeThrough(new TextDecoderStream()) ?? [];
  } catch {
    throw cutOff();
  }
}

async function* linesOf(response: Response): AsyncGenerator<unknown> {
  let rest = '';
  for await (const text of textOf(response)) {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines.filter((one) => one !== '')) yield parsed(each, response.url);
  }
}

const resultOf = async (response: Response, onProgress: Call['onProgress']): Promise<unknown> => {
  for await (const each of linesOf(response)) {
    const { progress, result, error } = line.parse(each);
    if (error !== undefined) throw failure(error, response.status, true);
    if (result !== undefined) return result;
    onProgress?.(progress);
  }
  throw cutOff();
};

/** Of a stream that goes on: its first state. */
const snapshotOf = async (response: Response): Promise<unknown> => {
  let text = '';
  for await (const more of textOf(response)) {
    text += more;
    const [, snapshot] = /^event: snapshot\ndata: (.*)\n\n/m.exec(text) ?? [];
    if (snapshot !== undefined) return parsed(snapshot, response.url);
  }
  throw cutOff();
};

export const createAdminClient =
  (url: string, token: string | undefined): AdminClient =>
  async ({ method, path, body, onProgress }) => {
    const headers: Record<string, string> = { 'x-actor': 'cli' };
    if (onProgress !== undefined) headers['accept'] = 'application/x-ndjson';
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (method === 'POST' || method === 'PATCH') headers['content-type'] = 'application/json';
    const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, sent).catch((error: unknown) => {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw new CallFailed(`No server answers at ${url}: ${inWords(cause)}`, 'NO_SERVER');
    });
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('application/x-ndjson')) return resultOf(response, onProgress);
    if (type.startsWith('text/event-stream')) return snapshotOf(response);
    const text = await response.text().catch(() => {
      throw cutOff();
    });
    const answer = type.includes('json') ? parsed(text, url) : text;
    if (!response.ok) throw failure(answer, response.status, token !== undefined);
    return answer;
  };
