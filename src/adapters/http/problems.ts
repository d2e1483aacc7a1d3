import { fault } from './faults.js';
import { type ProblemFields } from './schemas/problem-fields.js';

/** Every `code` an error can carry, and the HTTP status it travels with. */
export const problemStatus = {
  INVALID_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_YOU: 403,
  LOCAL_ONLY: 403,
  NOT_FOUND: 404,
  COUPON_NOT_FOUND: 404,
  REQUEST_NOT_FOUND: 404,
  PROJECTION_NOT_FOUND: 404,
  DEAD_LETTER_NOT_FOUND: 404,
  PRODUCT_NOT_FOUND: 404,
  ORDER_NOT_FOUND: 404,
  PAYMENT_NOT_FOUND: 404,
  PRODUCT_EXISTS: 409,
  ORDER_EXISTS: 409,
  REQUEST_ID_REUSED: 409,
  SALE_NOT_OPEN: 409,
  INSUFFICIENT_STOCK: 409,
  PURCHASE_LIMIT: 409,
  COUPON_NOT_USABLE: 409,
  INSUFFICIENT_POINTS: 409,
  INVALID_ORDER_STATE: 409,
  NOT_PAYABLE: 409,
  GATEWAY_PAYMENT_USED: 409,
  NOT_ORDERER: 403,
  PAYMENT_DECLINED: 402,
  AMOUNT_MISMATCH: 422,
  POINTS_EXCEED_TOTAL: 422,
  TOTAL_TOO_LARGE: 422,
  POINTS_LIMIT_REACHED: 422,
  STOCK_LIMIT_REACHED: 422,
  SAGA_NOT_FOUND: 404,
  USER_NOT_FOUND: 404,
  STREAM_NOT_PARKED: 404,
  WEBHOOK_NOT_FOUND: 404,
  TOO_MANY_WEBHOOKS: 409,
  KEYS_SECRET_MISSING: 409,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  WAITING_REQUIRED: 403,
  CHALLENGE_REQUIRED: 403,
  SCHEDULE_NOT_FOUND: 404,
  TOKEN_NOT_FOUND: 404,
  EVENT_NOT_FOUND: 404,
  EVENT_EXISTS: 409,
  INVALID_EVENT_STATE: 409,
  COUPON_EXISTS: 409,
  SOLD_OUT: 409,
  ALREADY_REQUESTED: 409,
  NOT_OPEN: 409,
  CLOSED: 409,
  PAUSED: 409,
  QUANTITY_BELOW_ISSUED: 409,
  REQUEST_ID_AMBIGUOUS: 409,
  PROJECTION_BUSY: 409,
  ALREADY_REPLAYED: 409,
  ALREADY_DISCARDED: 409,
  NOT_REPLAYABLE: 409,
  ORIGINAL_GONE: 410,
  IDEMPOTENCY_KEY_IN_PROGRESS: 409,
  ANSWER_NOT_KEPT: 409,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  EXPECTATION_FAILED: 417,
  IDEMPOTENCY_KEY_REUSED: 422,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  UNPROCESSABLE: 500,
  OVERLOADED: 503,
  UNAVAILABLE: 503,
  OUTCOME_UNKNOWN: 503,
  NOT_READY: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemStatus, code);

export const problemCodes: ReadonlyArray<ProblemCode> = Object.keys(problemStatus).filter(isProblemCode);

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
export const tryAgain = (code: Passing, seconds = 1, fields?: ProblemFields | ''): Refusal => ({
  code,
  headers: { 'Retry-After': String(seconds) },
  ...(fields && { fields }),
});

/** What a caller is told of an error by its code: an error whose code is no problem's does not compile. What may pass says when to try again. */
export const refused = (code: ProblemCode | 'INVALID_CURSOR', fields?: ProblemFields): Refusal => {
  if (code === 'INVALID_CURSOR') return invalidCursor;
  return isPassing(code) ? tryAgain(code, 1, fields) : { code, ...(fields && { fields }) };
};
