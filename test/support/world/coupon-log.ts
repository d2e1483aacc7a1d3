import {
  couponRequestMessage,
  couponVoidMessage,
  toMessage,
} from '../../../src/application/coupon/coupon-request-message.js';
import { COUPON_ISSUE_REQUESTS } from '../../../src/application/kernel/messaging/topics.js';
import { type LoggedMessage, type Message, type MessageBatch } from '../../../src/application/ports/message-log.js';

const AT = Date.UTC(2026, 0, 1);
const tracing = { correlationId: 'a-test' };

export const asks = (
  userId: string,
  { couponId = 'spring', requestId = `request-of-${userId}`, at = AT } = {},
): Message => couponRequestMessage({ couponId, userId, requestId, at }, tracing);

export const voids = (
  userId: string,
  { couponId = 'spring', requestId = `request-of-${userId}`, at = AT } = {},
): Message => couponVoidMessage({ couponId, userId, requestId, at }, tracing);

export const operates = (
  asked:
    | { readonly eventType: 'COUPON_PAUSE_REQUESTED' | 'COUPON_RESUME_REQUESTED' }
    | { readonly eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED'; readonly quantity: number },
  { couponId = 'spring', requestId = 'operation', at = AT } = {},
): Message => {
  const request = { eventId: requestId, couponId, requestId, timestamp: at, occurredAt: new Date(at).toISOString() };
  return toMessage({ ...request, actor: 'olga', reason: 'a test', ...asked }, tracing);
};

/** As the log would hand them out: one batch of one partition, from `offset` on. */
export const batch = (messages: ReadonlyArray<Message>, offset = 0, partition = 0): MessageBatch => ({
  topic: COUPON_ISSUE_REQUESTS,
  partition,
  messages: messages.map((message, index): LoggedMessage => ({
    ...message,
    topic: COUPON_ISSUE_REQUESTS,
    partition,
    offset: offset + index,
    loggedAt: AT,
  })),
});
