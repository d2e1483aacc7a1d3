import { z } from 'zod';
import { challengePolicy } from '../../kernel/challenge/challenge-policy.js';
import { commandMessages } from '../../kernel/events/message-types.js';
import { STOCK_REQUESTS } from '../../kernel/messaging/topics.js';
import { derivedId } from '../../kernel/writer/event-ids.js';
import { type Message } from '../../ports/message-log.js';
import { changedLimits } from '../aggregates/terms.js';

const asked = {
  eventId: z.string(),
  /** ISO-8601. */
  occurredAt: z.string(),
  requestId: z.string(),
  productId: z.string(),
  /** Epoch milliseconds. */
  timestamp: z.number(),
  /** Somebody waits for the answer. */
  isAwaited: z.boolean().optional(),
};
const ofOrder = { ...asked, orderId: z.string() };

/** What stands on `stock-requests`, keyed by productId: everything one writer decides for a product, in order. */
const stockMessage = z.discriminatedUnion('eventType', [
  z.object({
    ...ofOrder,
    eventType: z.literal('STOCK_RESERVE'),
    quantity: z.number(),
    expiresAt: z.number(),
    again: z.boolean(),
    takenBy: z.string().optional(),
    userId: z.string().optional(),
  }),
  z.object({ ...ofOrder, eventType: z.literal('STOCK_EXTEND'), expiresAt: z.number() }),
  z.object({
    ...ofOrder,
    eventType: z.literal('STOCK_RELEASE'),
    reason: z.enum(['EXPIRED', 'CANCELLED', 'ROLLED_BACK']),
    takenBy: z.string().optional(),
  }),
  z.object({ ...ofOrder, eventType: z.literal('STOCK_DEDUCT') }),
  z.object({ ...ofOrder, eventType: z.literal('STOCK_RESTORE') }),
  /** Of many orders at once. */
  z.object({ ...asked, eventType: z.literal('STOCK_RESTORE_HOLDS'), orderIds: z.array(z.string()) }),
  z.object({ ...asked, eventType: z.literal('STOCK_EXPIRE_HOLDS'), orderIds: z.array(z.string()) }),
  z.object({ ...asked, eventType: z.literal('STOCK_RECEIVE'), deliveryNote: z.string(), quantity: z.number() }),
  z.object({
    ...asked,
    eventType: z.literal('STOCK_CHANGE_TERMS'),
    limits: changedLimits.optional(),
    challenge: challengePolicy.optional(),
    actor: z.string(),
    reason: z.string(),
  }),
]);

export type StockMessage = z.infer<typeof stockMessage>;

export const stockMessages = commandMessages(STOCK_REQUESTS, stockMessage);

type Omitted<M> = M extends StockMessage ? Omit<M, 'eventId' | 'occurredAt' | 'timestamp' | 'requestId'> : never;
/** What is asked of the writer of a product. */
export type StockRequest = Omitted<StockMessage>;

export interface Asking {
  readonly requestId: string;
  readonly correlationId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Sending it again sends the same event id: it is the same request. */
export const toStockMessage = (request: StockRequest, { requestId, correlationId, at }: Asking): Message => {
  const eventId = derivedId(`${request.eventType}/${request.productId}/${requestId}`);
  const body = { ...request, eventId, requestId, timestamp: at, occurredAt: new Date(at).toISOString() };
  return {
    key: request.productId,
    value: JSON.stringify(body),
    headers: {
      'event-id': eventId,
      'event-type': request.eventType,
      'request-id': requestId,
      'correlation-id': correlationId,
    },
  };
};

/** In place of an order's id, which is never empty: the request is of no order. */
export const NO_ORDER = '';

/** A request id says whose order it is of, so that a rejection does too. Ids have no dots. */
export const stockRequestId = (orderId: string, unique: string): string => `${orderId}.${unique}`;
export const orderOfRequest = (requestId: string): string => requestId.split('.', 1)[0] ?? requestId;
