import { type Written } from './answer.js';
import { type ProblemCode } from './problems.js';

/**
 * Refusals that are kept for repetitions: the same request would be refused the same way for ever, and not by its form alone.
 * None that time, or what somebody does meanwhile, can change: what does not exist yet, is not open now, is sold out until
 * something comes back, is under way, or is away.
 */
const FOR_EVER: ReadonlySet<ProblemCode> = new Set([
  // What exists is never taken away, and an id keeps what it first stood for.
  'PRODUCT_EXISTS',
  'ORDER_EXISTS',
  'EVENT_EXISTS',
  'COUPON_EXISTS',
  'REQUEST_ID_REUSED',
  'GATEWAY_PAYMENT_USED',
  'NOT_ORDERER',
  // Prices, discounts and totals are what they were set to; nothing that was given out comes back.
  'AMOUNT_MISMATCH',
  'POINTS_EXCEED_TOTAL',
  'TOTAL_TOO_LARGE',
  'QUANTITY_BELOW_ISSUED',
  // A dead letter is not taken up again, and a message that is gone stays gone.
  'ALREADY_DISCARDED',
  'ORIGINAL_GONE',
]);

/** Whether an answer may be given again to whoever repeats the request: accepted is not decided, and what moves is asked anew. */
export const isFinal = ({ status, code, isMoving = false }: Written): boolean =>
  code === undefined ? status < 300 && status !== 202 && !isMoving : FOR_EVER.has(code);
