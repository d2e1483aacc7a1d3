import { type Written } from './answer.js';
import { type ProblemCode } from './problems.js';

/**
 * Whether a refusal is kept for repetitions: where the same request would be refused the same way for ever, and not by its form
 * alone. Not so where time, or what somebody does meanwhile, can change it: what does not exist yet, is not open now, is sold out
 * until something comes back, is under way, or is away.
 */
const isForEver: Readonly<Record<ProblemCode, boolean>> = {
  // Told by the request alone: told again without having been kept.
  INVALID_REQUEST: false,
  UNAUTHENTICATED: false,
  FORBIDDEN: false,
  NOT_YOU: false,
  LOCAL_ONLY: false,
  NOT_FOUND: false,
  COUPON_NOT_FOUND: false,
  REQUEST_NOT_FOUND: false,
  PROJECTION_NOT_FOUND: false,
  DEAD_LETTER_NOT_FOUND: false,
  PRODUCT_NOT_FOUND: false,
  ORDER_NOT_FOUND: false,
  PAYMENT_NOT_FOUND: false,
  SAGA_NOT_FOUND: false,
  USER_NOT_FOUND: false,
  STREAM_NOT_PARKED: false,
  WEBHOOK_NOT_FOUND: false,
  TOO_MANY_WEBHOOKS: false,
  KEYS_SECRET_MISSING: false,
  SCHEDULE_NOT_FOUND: false,
  TOKEN_NOT_FOUND: false,
  EVENT_NOT_FOUND: false,
  // What exists is never taken away, and an id keeps what it first stood for.
  PRODUCT_EXISTS: true,
  ORDER_EXISTS: true,
  EVENT_EXISTS: true,
  COUPON_EXISTS: true,
  REQUEST_ID_REUSED: true,
  REQUEST_ID_AMBIGUOUS: false,
  GATEWAY_PAYMENT_USED: true,
  NOT_ORDERER: true,
  SALE_NOT_OPEN: false,
  INSUFFICIENT_STOCK: false,
  PURCHASE_LIMIT: false,
  // Goods that were gone may come back; a number the gateway declined is declined again without asking it.
  PAYMENT_DECLINED: false,
  COUPON_NOT_USABLE: false,
  INSUFFICIENT_POINTS: false,
  INVALID_ORDER_STATE: false,
  NOT_PAYABLE: false,
  // Prices, discounts and totals are what they were set to.
  AMOUNT_MISMATCH: true,
  POINTS_EXCEED_TOTAL: true,
  TOTAL_TOO_LARGE: true,
  // A limit is reached only for now, and what could not be processed may be after an upgrade.
  POINTS_LIMIT_REACHED: false,
  STOCK_LIMIT_REACHED: false,
  UNPROCESSABLE: false,
  WAITING_REQUIRED: false,
  CHALLENGE_REQUIRED: false,
  INVALID_EVENT_STATE: false,
  SOLD_OUT: false,
  ALREADY_REQUESTED: false,
  NOT_OPEN: false,
  CLOSED: false,
  PAUSED: false,
  QUANTITY_BELOW_ISSUED: true,
  PROJECTION_BUSY: false,
  ALREADY_REPLAYED: false,
  ALREADY_DISCARDED: true,
  NOT_REPLAYABLE: false,
  ORIGINAL_GONE: true,
  IDEMPOTENCY_KEY_IN_PROGRESS: false,
  ANSWER_NOT_KEPT: false,
  IDEMPOTENCY_KEY_REUSED: false,
  METHOD_NOT_ALLOWED: false,
  REQUEST_TIMEOUT: false,
  RATE_LIMITED: false,
  PAYLOAD_TOO_LARGE: false,
  UNSUPPORTED_MEDIA_TYPE: false,
  EXPECTATION_FAILED: false,
  HEADERS_TOO_LARGE: false,
  INTERNAL: false,
  OVERLOADED: false,
  UNAVAILABLE: false,
  OUTCOME_UNKNOWN: false,
  NOT_READY: false,
};

/** Whether an answer may be given again to whoever repeats the request: accepted is not decided, and what moves is asked anew. */
export const isFinal = ({ status, code, isMoving = false }: Written): boolean =>
  code === undefined ? status < 300 && status !== 202 && !isMoving : isForEver[code];
