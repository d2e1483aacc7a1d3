import { language } from '../text/index.js';
import { you } from '../live/state.js';
import { authorization } from './credential.js';

/** Why a call was not carried out: as the server says it, or that it could not be reached. */
export interface Problem {
  /** 0: no answer. */
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: ReadonlyArray<{ readonly path: string; readonly message: string }>;
}

export type Result<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly problem: Problem };

export const UNREACHABLE: Problem = { status: 0, code: 'UNREACHABLE', title: '', detail: '', errors: [] };

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Whoever repeats it with the same key has it done once. */
  readonly key?: string;
}

export const send = ({ method = 'GET', body, accept = 'application/json', signal, key }: Request, path: string) =>
  fetch(path, {
    method,
    headers: {
      Accept: accept,
      'Accept-Language': language.value,
      ...authorization(),
      'X-Actor': you.value?.name ?? 'console',
      ...(method === 'POST' && key !== undefined && { 'Idempotency-Key': key }),
      ...(method !== 'GET' && { 'Content-Type': 'application/json' }),
    },
    cache: 'no-store',
    ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
    ...(signal && { signal }),
  });

export const problemIn = async (answer: Response): Promise<Problem> => {
  const said = await answer.json().catch(() => ({}));
  return { ...UNREACHABLE, title: answer.statusText, ...said, status: answer.status };
};

/** One call. Its answer is taken to be what the route says it is. */
export const call = async <A>(path: string, request: Request = {}): Promise<Result<A>> => {
  try {
    const answer = await send(request, path);
    if (!answer.ok) return { ok: false, problem: await problemIn(answer) };
    return { ok: true, value: await answer.json() };
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
};
