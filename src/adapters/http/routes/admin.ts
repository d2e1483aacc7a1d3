import { either as E, type taskEither as TE } from 'fp-ts';
import { type Answer, found, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type ProblemCode, refused } from '../problems.js';
import { report } from '../schemas/admin.js';

/** What viewers may look at, and what operators alone may do. */
export const viewing = { tag: 'Operators', method: 'get', access: 'viewer' } as const;
export const operating = { tag: 'Operators', method: 'post', access: 'operator' } as const;

/** Of a call that takes long: `watched`. */
export const listensToProgress = {
  listensTo: { Accept: 'application/x-ndjson: progress as lines, the result as the last' },
} as const;

export const verifying = {
  ...viewing,
  ...listensToProgress,
  answers: { 200: { description: 'PASS, or FAIL with the reasons', schema: report } },
} as const;

/** What keeps an operator's call from being carried out. */
export interface AdminError {
  readonly code: ProblemCode | 'INVALID_CURSOR';
}

export type AdminCall<Request, Answer> = (request: Request) => TE.TaskEither<AdminError, Answer>;

export type LongAdminCall<Request, Answer extends object> = (
  request: Request,
  watched: Watched,
) => TE.TaskEither<AdminError, Answer>;

export interface Report {
  readonly verdict: 'PASS' | 'FAIL';
  readonly reasons: ReadonlyArray<unknown>;
}

/** A verdict on what has this id, from its events alone. */
export type Verify = LongAdminCall<string, Report>;

/** Told how far it is; `signal` is aborted when the caller has left. */
interface Watched {
  readonly onProgress: (step: object) => void;
  readonly signal: AbortSignal;
}

/**
 * As `found`, for what takes long. Who accepts application/x-ndjson gets `{"progress":…}` lines and at the end `{"result":…}`
 * or `{"error":…}`; others the result alone. Whoever leaves ends it.
 */
export const watched = async <A extends object>(
  call: (watch: Watched) => TE.TaskEither<AdminError, A>,
  exchange: Exchange,
): Promise<Answer> => {
  const left = new AbortController();
  if (exchange.isGone) left.abort();
  else exchange.res.once('close', () => left.abort());
  const { signal } = left;
  if (!exchange.header('accept')?.includes('application/x-ndjson'))
    return found(call({ onProgress: () => undefined, signal }), exchange);
  return {
    run: async (line) => {
      const answer = await call({ onProgress: (progress) => line({ progress }), signal })();
      if (E.isLeft(answer)) return problem(refused(answer.left.code), exchange.language);
      return { lastLine: { result: answer.right } };
    },
  };
};
