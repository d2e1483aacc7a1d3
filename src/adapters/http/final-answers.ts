import { type Written } from './answer.js';
import { type ProblemCode } from './problems.js';

/** What is kept of an answer to an Idempotency-Key: with the request alone, the same key is refused for another one. */
export type Kept = 'ANSWER' | 'REQUEST' | 'NOTHING';

/**
 * What is kept of a refusal. The answer, where the same request would be refused the same way for ever. The request, where time, or what
 * somebody does meanwhile, can change the answer: what does not exist yet, is not open now, is sold out until something comes back, is
 * under way, or is away. Nothing, where the form of the request alone tells the answer, or where nobody looked at it.
 */
const keptOfRefusal: Readonly<Record<ProblemCode, Kept>> = {
  // Told by the request alone: told again without having been kept.
  INVALID_REQUEST: 'NOTHING',
  UNAUTHENTICATED: 'NOTHING',
  FORBIDDEN: 'NOTHING',
  NOT_YOU: 'NOTHING',
  LOCAL_ONLY: 'NOTHING',
  NOT_FOUND: 'NOTHING',
  COUPON_NOT_FOUND: 'REQUEST',
  REQUEST_NOT_FOUND: 'REQUEST',
  PROJECTION_NOT_FOUND: 'REQUEST',
  DEAD_LETTER_NOT_FOUND: 'REQUEST',
  PRODUCT_NOT_FOUND: 'REQUEST',
  ORDER_NOT_FOUND: 'REQUEST',
  PAYMENT_NOT_FOUND: 'REQUEST',
  SAGA_NOT_FOUND: 'REQUEST',
  USER_NOT_FOUND: 'REQUEST',
  STREAM_NOT_PARKED: 'REQUEST',
  WEBHOOK_NOT_FOUND: 'REQUEST',
  TOO_MANY_WEBHOOKS: 'REQUEST',
  KEYS_SECRET_MISSING: 'REQUEST',
  SCHEDULE_NOT_FOUND: 'REQUEST',
  TOKEN_NOT_FOUND: 'REQUEST',
  EVENT_NOT_FOUND: 'REQUEST',
  // What exists is never taken away, and an id keeps what it first stood for.
  PRODUCT_EXISTS: 'ANSWER',
  ORDER_EXISTS: 'ANSWER',
  EVENT_EXISTS: 'ANSWER',
  COUPON_EXISTS: 'ANSWER',
  REQUEST_ID_REUSED: 'ANSWER',
  REQUEST_ID_AMBIGUOUS: 'REQUEST',
  GATEWAY_PAYMENT_USED: 'ANSWER',
  NOT_ORDERER: 'ANSWER',
  SALE_NOT_OPEN: 'REQUEST',
  INSUFFICIENT_STOCK: 'REQUEST',
  PURCHASE_LIMIT: 'REQUEST',
  // Goods that were gone may come back; a number the gateway declined is declined again without asking it.
  PAYMENT_DECLINED: 'REQUEST',
  COUPON_NOT_USABLE: 'REQUEST',
  INSUFFICIENT_POINTS: 'REQUEST',
  INVALID_ORDER_STATE: 'REQUEST',
  NOT_PAYABLE: 'REQUEST',
  // Prices, discounts and totals are what they were set to.
  AMOUNT_MISMATCH: 'ANSWER',
  POINTS_EXCEED_TOTAL: 'ANSWER',
  TOTAL_TOO_LARGE: 'ANSWER',
  // A limit is reached only for now, and what could not be processed may be after an upgrade.
  POINTS_LIMIT_REACHED: 'REQUEST',
  STOCK_LIMIT_REACHED: 'REQUEST',
  UNPROCESSABLE: 'REQUEST',
  WAITING_REQUIRED: 'REQUEST',
  CHALLENGE_REQUIRED: 'REQUEST',
  INVALID_EVENT_STATE: 'REQUEST',
  SOLD_OUT: 'REQUEST',
  ALREADY_REQUESTED: 'REQUEST',
  NOT_OPEN: 'REQUEST',
  CLOSED: 'REQUEST',
  PAUSED: 'REQUEST',
  QUANTITY_BELOW_ISSUED: 'ANSWER',
  PROJECTION_BUSY: 'REQUEST',
  ALREADY_REPLAYED: 'REQUEST',
  ALREADY_DISCARDED: 'ANSWER',
  NOT_REPLAYABLE: 'REQUEST',
  ORIGINAL_GONE: 'ANSWER',
  IDEMPOTENCY_KEY_IN_PROGRESS: 'NOTHING',
  ANSWER_NOT_KEPT: 'NOTHING',
  IDEMPOTENCY_KEY_REUSED: 'NOTHING',
  METHOD_NOT_ALLOWED: 'NOTHING',
  REQUEST_TIMEOUT: 'NOTHING',
  RATE_LIMITED: 'NOTHING',
  PAYLOAD_TOO_LARGE: 'NOTHING',
  UNSUPPORTED_MEDIA_TYPE: 'NOTHING',
  EXPECTATION_FAILED: 'NOTHING',
  HEADERS_TOO_LARGE: 'NOTHING',
  INTERNAL: 'REQUEST',
  OVERLOADED: 'NOTHING',
  UNAVAILABLE: 'REQUEST',
  OUTCOME_UNKNOWN: 'REQUEST',
  NOT_READY: 'REQUEST',
};

/** Accepted is not decided, and what moves is asked anew. */
export const keptOf = ({ status, code, isMoving = false }: Written): Kept => {
  if (code !== undefined) return keptOfRefusal[code];
  return status < 300 && status !== 202 && !isMoving ? 'ANSWER' : 'REQUEST';
};
