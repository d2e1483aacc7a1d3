import { either as E, type taskEither as TE } from 'fp-ts';
import { type Answer, json, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { invalidCursor, type Refusal, tryAgain } from '../problems.js';

/** What keeps an operator's call from being carried out. */
export interface AdminError {
  readonly code:
    | 'UNAVAILABLE'
    | 'OUTCOME_UNKNOWN'
    | 'PROJECTION_NOT_FOUND'
    | 'PROJECTION_BUSY'
    | 'OVERLOADED'
    | 'DEAD_LETTER_NOT_FOUND'
    | 'ALREADY_REPLAYED'
    | 'ALREADY_DISCARDED'
    | 'NOT_REPLAYABLE'
    | 'ORIGINAL_GONE'
    | 'COUPON_NOT_FOUND'
    | 'SCHEDULE_NOT_FOUND'
    | 'ORDER_NOT_FOUND'
    | 'PRODUCT_NOT_FOUND'
    | 'SAGA_NOT_FOUND'
    | 'USER_NOT_FOUND'
    | 'STREAM_NOT_PARKED'
    | 'WEBHOOK_NOT_FOUND'
    | 'TOO_MANY_WEBHOOKS'
    | 'KEYS_SECRET_MISSING'
    | 'INVALID_ORDER_STATE'
    | 'INVALID_CURSOR';
}

export type AdminCall<Request, Answer> = (request: Request) => TE.TaskEither<AdminError, Answer>;

/** A call that takes long. */
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

const refusal = ({ code }: AdminError): Refusal => {
  switch (code) {
    case 'PROJECTION_NOT_FOUND':
    case 'PROJECTION_BUSY':
    case 'DEAD_LETTER_NOT_FOUND':
    case 'ALREADY_REPLAYED':
    case 'ALREADY_DISCARDED':
    case 'NOT_REPLAYABLE':
    case 'ORIGINAL_GONE':
    case 'COUPON_NOT_FOUND':
    case 'ORDER_NOT_FOUND':
    case 'PRODUCT_NOT_FOUND':
    case 'SAGA_NOT_FOUND':
    case 'USER_NOT_FOUND':
    case 'STREAM_NOT_PARKED':
    case 'WEBHOOK_NOT_FOUND':
    case 'TOO_MANY_WEBHOOKS':
    case 'KEYS_SECRET_MISSING':
    case 'INVALID_ORDER_STATE':
    case 'SCHEDULE_NOT_FOUND':
      return { code };
    case 'INVALID_CURSOR':
      return invalidCursor;
    case 'UNAVAILABLE':
    case 'OVERLOADED':
    case 'OUTCOME_UNKNOWN':
      return tryAgain(code);
  }
};

/** What the use case found, or why it did not. */
export const found = async <A>(call: TE.TaskEither<AdminError, A>, { language }: Exchange): Promise<Answer> => {
  const answer = await call();
  return E.isLeft(answer) ? problem(refusal(answer.left), language) : json(200, answer.right);
};

/** Told how far it is; `signal` is aborted when the caller has left. */
interface Watched {
  readonly onProgress: (step: object) => void;
  readonly signal: AbortSignal;
}

/**
 * The same for what takes long. Who accepts application/x-ndjson gets `{"progress":…}` lines and at the end `{"result":…}`
 * or `{"error":…}`; others the result alone. Whoever leaves ends it.
 */
export const watched = async <A extends object>(
  call: (watch: Watched) => TE.TaskEither<AdminError, A>,
  exchange: Exchange,
): Promise<Answer> => {
  const left = new AbortController();
  exchange.res.once('close', () => left.abort());
  const { signal } = left;
  if (!exchange.header('accept')?.includes('application/x-ndjson'))
    return found(call({ onProgress: () => undefined, signal }), exchange);
  return {
    run: async (line) => {
      const answer = await call({ onProgress: (progress) => line({ progress }), signal })();
      if (E.isLeft(answer)) return problem(refusal(answer.left), exchange.language);
      return { lastLine: { result: answer.right } };
    },
  };
};
