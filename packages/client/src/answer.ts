import { type components } from './api.js';

/** What the server refused: `code` says why, and the fields beside it what is needed to go on. */
export type Problem = components['schemas']['Problem'];

/** Nothing the server says: there was no answer, or one of something else on the way, such as a proxy. */
export interface Unanswered {
  readonly code: 'UNREACHABLE' | 'UNEXPECTED_ANSWER';
  /** Of HTTP; 0 where there was no answer. */
  readonly status: number;
  readonly detail: string;
}

/**
 * Refused is not thrown: `problem.code` is one of the codes that the server documents for this call, or of `Unanswered`.
 * `status` is of HTTP; that of a refusal is in its problem.
 */
export type Answer<T, P = Problem> =
  | { readonly ok: true; readonly value: T; readonly status: number }
  | { readonly ok: false; readonly problem: P | Unanswered };

/** What a call of `client.api` resolves to. */
export type Fetched<T, P = Problem> =
  | { readonly data: T; readonly error?: undefined; readonly response: Response }
  | { readonly data?: undefined; readonly error: P; readonly response: Response };

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';

const unexpected = ({ status, statusText }: Response): Unanswered => ({
  code: 'UNEXPECTED_ANSWER',
  status,
  detail: `${status} ${statusText}`.trim(),
});

/** Why an answer that is no success is none. */
export const problemOf = async (response: Response): Promise<Problem | Unanswered> => {
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? body : unexpected(response);
};

/** Whoever gave up themselves hears of it as of any call that was aborted: it is thrown. */
export const unreachable = (error: unknown, signal?: AbortSignal | null): Unanswered => {
  signal?.throwIfAborted();
  return { code: 'UNREACHABLE', status: 0, detail: error instanceof Error ? error.message : String(error) };
};

/** A call of `client.api` as an `Answer`. */
export const answerOf = async <T, P>(
  call: Promise<Fetched<T, P>>,
  signal?: AbortSignal | null,
): Promise<Answer<T & {}, P & {}>> => {
  try {
    const { data, error, response } = await call;
    if (error !== undefined && error !== null && isProblem(error)) return { ok: false, problem: error };
    return response.ok && data !== undefined && data !== null
      ? { ok: true, value: data, status: response.status }
      : { ok: false, problem: unexpected(response) };
  } catch (error) {
    return { ok: false, problem: unreachable(error, signal) };
  }
};

/** The same of a call that is answered without a body: then the value is `true`. */
export const doneOf = <P>(call: Promise<Fetched<undefined, P>>): Promise<Answer<true, P & {}>> => {
  const done = async (): Promise<Fetched<true, P | undefined>> => {
    const { error, response } = await call;
    return response.ok ? { data: true, response } : { error, response };
  };
  return answerOf(done());
};
