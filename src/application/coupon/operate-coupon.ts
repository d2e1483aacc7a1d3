import { either as E, type taskEither as TE } from 'fp-ts';
import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { derivedId } from '../handling/event-ids.js';
import { COUPON_ISSUE_REQUESTS } from '../messaging/topics.js';
import { type Clock } from '../ports/clock.js';
import { type Ids } from '../ports/ids.js';
import { type MessageLog } from '../ports/message-log.js';
import { toMessage } from './coupon-request-message.js';

export interface Operation {
  readonly couponId: string;
  /** Who, and why: recorded. */
  readonly actor: string;
  readonly reason: string;
  /** The operator's own, if there is one; a repeated operation is then carried out once. */
  readonly requestId?: string;
  readonly correlationId: string;
  readonly traceparent?: string;
}
export interface QuantityOperation extends Operation {
  readonly quantity: number;
}

export type OperateCouponError =
  /** Decided, and led to nothing. */
  | { readonly code: RejectionCode }
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It is, or may be, in the log, and is not visibly decided yet: repeat it with `requestId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

export type OperationResult =
  { readonly result: 'CarriedOut' } | { readonly result: 'Rejected'; readonly code: RejectionCode };

/** Waits, bounded, until queries see what became of an operator's request. */
export type AwaitResult = (operation: {
  readonly couponId: string;
  readonly requestId: string;
}) => TE.TaskEither<'NotYetVisible', OperationResult>;

export interface OperateCouponPorts {
  readonly log: MessageLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly awaitResult: AwaitResult;
}

/** Answered when queries see it. */
export type PauseCoupon = (operation: Operation) => TE.TaskEither<OperateCouponError, { readonly requestId: string }>;
export type ResumeCoupon = PauseCoupon;
export type ChangeQuantity = (
  operation: QuantityOperation,
) => TE.TaskEither<OperateCouponError, { readonly requestId: string }>;

type Asked =
  | { readonly eventType: 'COUPON_PAUSE_REQUESTED' | 'COUPON_RESUME_REQUESTED' }
  | { readonly eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED'; readonly quantity: number };

/** Through the log, as every request: so it takes its turn among them, and there is one writer. */
const operate =
  ({ log, clock, ids, awaitResult }: OperateCouponPorts) =>
  (asked: Asked, operation: Operation): ReturnType<PauseCoupon> =>
  async () => {
    const { couponId, actor, reason, requestId = ids.next() } = operation;
    const timestamp = clock.now();
    const eventId = derivedId(`operate/${couponId}/${requestId}`);
    const occurredAt = new Date(timestamp).toISOString();
    const message = toMessage(
      { eventId, occurredAt, couponId, requestId, timestamp, actor, reason, ...asked },
      operation,
    );
    const published = await log.publish(COUPON_ISSUE_REQUESTS, message)();
    if (E.isLeft(published) && published.left !== 'PublishOutcomeUnknown')
      return E.left({ code: published.left === 'LogOverloaded' ? 'OVERLOADED' : 'UNAVAILABLE' });
    const awaited = await awaitResult({ couponId, requestId })();
    if (E.isLeft(awaited)) return E.left({ code: 'OUTCOME_UNKNOWN', requestId });
    return awaited.right.result === 'Rejected' ? E.left({ code: awaited.right.code }) : E.right({ requestId });
  };

export const pauseCoupon =
  (ports: OperateCouponPorts): PauseCoupon =>
  (operation) =>
    operate(ports)({ eventType: 'COUPON_PAUSE_REQUESTED' }, operation);

export const resumeCoupon =
  (ports: OperateCouponPorts): ResumeCoupon =>
  (operation) =>
    operate(ports)({ eventType: 'COUPON_RESUME_REQUESTED' }, operation);

export const changeQuantity =
  (ports: OperateCouponPorts): ChangeQuantity =>
  (operation) =>
    operate(ports)({ eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: operation.quantity }, operation);
