import { fault } from './faults.js';
import { type ProblemFields } from './schemas/problem-fields.js';

/** What is kept of an answer to an Idempotency-Key: with the request alone, the same key is refused for another one. */
export type Kept = 'ANSWER' | 'REQUEST' | 'NOTHING';

/**
 * Every `code` an error can carry, the HTTP status it travels with, and what is kept of it. The answer, where the same request would be
 * refused the same way for ever: what exists is never taken away, an id keeps what it first stood for, prices and totals are what they
 * were set to. The request, where time, or what somebody does meanwhile, can change the answer: what does not exist yet, is not open now,
 * is sold out until something comes back, is under way, or is away. Nothing, where the form of the request alone tells the answer, or
 * where nobody looked at it.
 */
const problems = {
  INVALID_REQUEST: { status: 400, kept: 'NOTHING' },
  UNAUTHENTICATED: { status: 401, kept: 'NOTHING' },
  FORBIDDEN: { status: 403, kept: 'NOTHING' },
  NOT_YOU: { status: 403, kept: 'NOTHING' },
  LOCAL_ONLY: { status: 403, kept: 'NOTHING' },
  NOT_FOUND: { status: 404, kept: 'NOTHING' },
  COUPON_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  REQUEST_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  PROJECTION_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  DEAD_LETTER_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  PRODUCT_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  ORDER_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  PAYMENT_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  PRODUCT_EXISTS: { status: 409, kept: 'ANSWER' },
  ORDER_EXISTS: { status: 409, kept: 'ANSWER' },
  REQUEST_ID_REUSED: { status: 409, kept: 'ANSWER' },
  SALE_NOT_OPEN: { status: 409, kept: 'REQUEST' },
  INSUFFICIENT_STOCK: { status: 409, kept: 'REQUEST' },
  PURCHASE_LIMIT: { status: 409, kept: 'REQUEST' },
  COUPON_NOT_USABLE: { status: 409, kept: 'REQUEST' },
  INSUFFICIENT_POINTS: { status: 409, kept: 'REQUEST' },
  INVALID_ORDER_STATE: { status: 409, kept: 'REQUEST' },
  NOT_PAYABLE: { status: 409, kept: 'REQUEST' },
  GATEWAY_PAYMENT_USED: { status: 409, kept: 'ANSWER' },
  NOT_ORDERER: { status: 403, kept: 'ANSWER' },
  // A number the gateway declined is declined again without asking it.
  PAYMENT_DECLINED: { status: 402, kept: 'REQUEST' },
  AMOUNT_MISMATCH: { status: 422, kept: 'ANSWER' },
  POINTS_EXCEED_TOTAL: { status: 422, kept: 'ANSWER' },
  TOTAL_TOO_LARGE: { status: 422, kept: 'ANSWER' },
  POINTS_LIMIT_REACHED: { status: 422, kept: 'REQUEST' },
  STOCK_LIMIT_REACHED: { status: 422, kept: 'REQUEST' },
  SAGA_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  USER_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  STREAM_NOT_PARKED: { status: 404, kept: 'REQUEST' },
  WEBHOOK_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  TOO_MANY_WEBHOOKS: { status: 409, kept: 'REQUEST' },
  KEYS_SECRET_MISSING: { status: 409, kept: 'REQUEST' },
  METHOD_NOT_ALLOWED: { status: 405, kept: 'NOTHING' },
  REQUEST_TIMEOUT: { status: 408, kept: 'NOTHING' },
  WAITING_REQUIRED: { status: 403, kept: 'REQUEST' },
  CHALLENGE_REQUIRED: { status: 403, kept: 'REQUEST' },
  SCHEDULE_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  TOKEN_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  EVENT_NOT_FOUND: { status: 404, kept: 'REQUEST' },
  EVENT_EXISTS: { status: 409, kept: 'ANSWER' },
  INVALID_EVENT_STATE: { status: 409, kept: 'REQUEST' },
  COUPON_EXISTS: { status: 409, kept: 'ANSWER' },
  SOLD_OUT: { status: 409, kept: 'REQUEST' },
  ALREADY_REQUESTED: { status: 409, kept: 'REQUEST' },
  NOT_OPEN: { status: 409, kept: 'REQUEST' },
  CLOSED: { status: 409, kept: 'REQUEST' },
  PAUSED: { status: 409, kept: 'REQUEST' },
  QUANTITY_BELOW_ISSUED: { status: 409, kept: 'ANSWER' },
  REQUEST_ID_AMBIGUOUS: { status: 409, kept: 'REQUEST' },
  PROJECTION_BUSY: { status: 409, kept: 'REQUEST' },
  ALREADY_REPLAYED: { status: 409, kept: 'REQUEST' },
  ALREADY_DISCARDED: { status: 409, kept: 'ANSWER' },
  NOT_REPLAYABLE: { status: 409, kept: 'REQUEST' },
  ORIGINAL_GONE: { status: 410, kept: 'ANSWER' },
  IDEMPOTENCY_KEY_IN_PROGRESS: { status: 409, kept: 'NOTHING' },
  ANSWER_NOT_KEPT: { status: 409, kept: 'NOTHING' },
  RATE_LIMITED: { status: 429, kept: 'NOTHING' },
  PAYLOAD_TOO_LARGE: { status: 413, kept: 'NOTHING' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, kept: 'NOTHING' },
  EXPECTATION_FAILED: { status: 417, kept: 'NOTHING' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, kept: 'NOTHING' },
  HEADERS_TOO_LARGE: { status: 431, kept: 'NOTHING' },
  INTERNAL: { status: 500, kept: 'REQUEST' },
  // What could not be processed may be after an upgrade.
  UNPROCESSABLE: { status: 500, kept: 'REQUEST' },
  OVERLOADED: { status: 503, kept: 'NOTHING' },
  UNAVAILABLE: { status: 503, kept: 'REQUEST' },
  OUTCOME_UNKNOWN: { status: 503, kept: 'REQUEST' },
  NOT_READY: { status: 503, kept: 'REQUEST' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly kept: Kept }>>;

export type ProblemCode = keyof typeof problems;

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

export const problemCodes: ReadonlyArray<ProblemCode> = Object.keys(problems).filter(isProblemCode);

export const statusOf = (code: ProblemCode) => problems[code].status;
export const keptOfProblem = (code: ProblemCode): Kept => problems[code].kept;

/** A problem before it is put into words: its code, the fields it names, the headers it travels with. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly fields?: ProblemFields;
  readonly errors?: ReadonlyArray<FieldError>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FieldError {
  /** Where in the body, query or path, with dots; empty for all of it. A header by its name. */
  readonly path: string;
  /** A `Fault` of ours, or words of the validator's in the reader's language. */
  readonly message: string;
}

export const invalidRequest = (...errors: ReadonlyArray<FieldError>): Refusal => ({
  code: 'INVALID_REQUEST',
  errors,
});

/** A cursor that is of no page before. */
const invalidCursor: Refusal = invalidRequest({ path: 'cursor', message: fault('NOT_A_CURSOR') });

/** Codes of what may be otherwise a moment later. */
const passing = ['OVERLOADED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN', 'NOT_READY', 'IDEMPOTENCY_KEY_IN_PROGRESS'] as const;
type Passing = (typeof passing)[number];

const isPassing = (code: ProblemCode): code is Passing => passing.some((one) => one === code);

/** Try again after so many seconds. */
export const tryAgain = (code: Passing, seconds = 1, fields?: ProblemFields): Refusal => ({
  code,
  headers: { 'Retry-After': String(seconds) },
  ...(fields && { fields }),
});

/** What a caller is told of an error by its code: an error whose code is no problem's does not compile. What may pass says when to try again. */
export const refused = (code: ProblemCode | 'INVALID_CURSOR', fields?: ProblemFields): Refusal => {
  if (code === 'INVALID_CURSOR') return invalidCursor;
  return isPassing(code) ? tryAgain(code, 1, fields) : { code, ...(fields && { fields }) };
};
