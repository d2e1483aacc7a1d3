import { type Asker } from '../../domain/coupon/request-scope.js';
import { type IdentifiedRequest } from '../../domain/coupon-rejections/settle-request.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { iso } from '../kernel/iso.js';
import { type Admission } from '../ports/admission-gate.js';
import { type Message } from '../ports/message-log.js';
import { type CouponMessage } from './coupon-messages.js';

export interface Tracing {
  /** Of the HTTP request that led here, across log and events. */
  readonly correlationId: string;
}

/**
 * A message for the writer of a coupon, keyed by it. What is needed to answer the request stands in the headers too,
 * so that even a message whose body cannot be read gets its answer.
 */
export const toMessage = (body: CouponMessage, { correlationId }: Tracing): Message => ({
  key: body.couponId,
  value: JSON.stringify(body),
  headers: {
    'event-id': body.eventId,
    'event-type': body.eventType,
    'request-id': body.requestId,
    ...('userId' in body && { 'user-id': body.userId }),
    ...('actor' in body && { actor: body.actor }),
    'correlation-id': correlationId,
  },
});

const askerIn = ({ 'user-id': userId, actor }: Message['headers']): Asker => {
  if (userId !== undefined) return { asks: 'ISSUE', userId };
  return actor === undefined ? { asks: 'UNKNOWN' } : { asks: 'OPERATION', actor };
};

/** Whose request a message is that cannot be read; null when its headers name no request. */
export const requestInHeaders = ({ key: couponId, headers }: Message): IdentifiedRequest | null => {
  const requestId = headers['request-id'];
  return requestId === undefined ? null : { couponId, requestId, asker: askerIn(headers) };
};

const asked = ({ couponId, userId, requestId, at }: Admission) => {
  const occurredAt = iso(at);
  return { couponId, userId, requestId, occurredAt, timestamp: at };
};

/** Sending it again sends the same event id: it is the same request. */
export const couponRequestMessage = (admission: Admission, tracing: Tracing): Message => {
  const request = asked(admission);
  const { couponId, userId, requestId } = admission;
  return toMessage(
    {
      eventId: derivedId(`issue/${couponId}/${userId}/${requestId}`),
      eventType: 'COUPON_ISSUE_REQUESTED',
      ...request,
      requestedAt: request.occurredAt,
    },
    tracing,
  );
};

const VOIDED = 'COUPON_REQUEST_VOIDED';

/** Whether a message is a question of ours about a request, and not the request. */
export const isVoidMessage = ({ headers }: Pick<Message, 'headers'>): boolean => headers['event-type'] === VOIDED;

/** Asks the writer to settle a reservation nobody can vouch for. */
export const couponVoidMessage = (admission: Admission, tracing: Tracing): Message => {
  const { couponId, userId, requestId } = admission;
  return toMessage(
    {
      eventId: derivedId(`void/${couponId}/${userId}/${requestId}`),
      eventType: VOIDED,
      ...asked(admission),
    },
    tracing,
  );
};
