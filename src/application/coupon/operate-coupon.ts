import { either as E, type taskEither as TE } from 'fp-ts';
import { type ChangedTerms } from '../../domain/coupon/events.js';
import { contentOf, type CouponOperation, termsIn } from '../../domain/coupon/operation.js';
import { scopeOf } from '../../domain/coupon/request-scope.js';
import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
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
export interface TermsOperation extends Operation, ChangedTerms {}

export type OperateCouponError =
  /** Decided, and led to nothing. */
  | { readonly code: RejectionCode }
  /** This operator used the id before, for something else: nothing was changed. */
  | { readonly code: 'REQUEST_ID_REUSED' }
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It is, or may be, in the log, and is not visibly decided yet: repeat it with `requestId`. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

export type OperationResult =
  | { readonly result: 'CarriedOut' }
  | { readonly result: 'Rejected'; readonly code: RejectionCode }
  | { readonly result: 'IdReused' };

/** Waits, bounded, until queries see what became of an operator's request. */
export type AwaitResult = (operation: {
  readonly couponId: string;
  readonly actor: string;
  readonly requestId: string;
  readonly operation: CouponOperation;
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

/** What was asked, without why. */
type Asked =
  | { readonly type: 'PauseCoupon' | 'ResumeCoupon' }
  | { readonly type: 'ChangeQuantity'; readonly quantity: number }
  | ({ readonly type: 'ChangeTerms' } & ChangedTerms);

const inMessage = (asked: Asked) => {
  switch (asked.type) {
    case 'PauseCoupon':
      return { eventType: 'COUPON_PAUSE_REQUESTED' } as const;
    case 'ResumeCoupon':
      return { eventType: 'COUPON_RESUME_REQUESTED' } as const;
    case 'ChangeQuantity':
      return { eventType: 'COUPON_QUANTITY_CHANGE_REQUESTED', quantity: asked.quantity } as const;
    case 'ChangeTerms':
      return { eventType: 'COUPON_TERMS_CHANGE_REQUESTED', ...termsIn(asked) } as const;
  }
};

/** Through the log, as every request: so it takes its turn among them, and there is one writer. */
const operate =
  ({ log, clock, ids, awaitResult }: OperateCouponPorts) =>
  (asked: Asked, request: Operation): ReturnType<PauseCoupon> =>
  async () => {
    const { couponId, actor, reason, requestId = ids.next() } = request;
    const timestamp = clock.now();
    const operation = { ...asked, reason };
    const scope = scopeOf({ asks: 'OPERATION', actor }, requestId);
    const eventId = derivedId(
      `operate/${couponId}/${encodeURIComponent(scope)}/${encodeURIComponent(contentOf(operation))}`,
    );
    const occurredAt = new Date(timestamp).toISOString();
    const message = toMessage(
      { eventId, occurredAt, couponId, requestId, timestamp, actor, reason, ...inMessage(asked) },
      request,
    );
    const published = await log.publish(COUPON_ISSUE_REQUESTS, message)();
    if (E.isLeft(published) && published.left !== 'PublishOutcomeUnknown')
      return E.left({ code: published.left === 'LogOverloaded' ? 'OVERLOADED' : 'UNAVAILABLE' });
    const awaited = await awaitResult({ couponId, actor, requestId, operation })();
    if (E.isLeft(awaited)) return E.left({ code: 'OUTCOME_UNKNOWN', requestId });
    switch (awaited.right.result) {
      case 'CarriedOut':
        return E.right({ requestId });
      case 'Rejected':
        return E.left({ code: awaited.right.code });
      case 'IdReused':
        return E.left({ code: 'REQUEST_ID_REUSED' });
    }
  };

export const pauseCoupon =
  (ports: OperateCouponPorts): PauseCoupon =>
  (operation) =>
    operate(ports)({ type: 'PauseCoupon' }, operation);

export const resumeCoupon =
  (ports: OperateCouponPorts): ResumeCoupon =>
  (operation) =>
    operate(ports)({ type: 'ResumeCoupon' }, operation);

export type ChangeTerms = (
  operation: TermsOperation,
) => TE.TaskEither<OperateCouponError, { readonly requestId: string }>;

export const changeTerms =
  (ports: OperateCouponPorts): ChangeTerms =>
  (operation) =>
    operate(ports)({ type: 'ChangeTerms', ...termsIn(operation) }, operation);

export const changeQuantity =
  (ports: OperateCouponPorts): ChangeQuantity =>
  (operation) =>
    operate(ports)({ type: 'ChangeQuantity', quantity: operation.quantity }, operation);
