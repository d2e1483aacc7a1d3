import { type CouponEvent } from '../../../domain/coupon/events.js';
import { contentOf, type CouponOperation, type OperatedEvent, operationOf } from '../../../domain/coupon/operation.js';
import { scopeOf } from '../../../domain/coupon/request-scope.js';
import { answering, askerOf, askerOfWithdrawn } from '../../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionEvent } from '../../../domain/coupon-rejections/events.js';
import { type IdentifiedRequest, requestOf } from '../../../domain/coupon-rejections/settle-request.js';
import { either as E } from 'fp-ts';
import { REJECTIONS_KEPT_SECONDS } from '../../kernel/writer/rejected-requests.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { requestInHeaders } from '../coupon-request-message.js';
import { readCouponMessage } from '../coupon-messages.js';

/** What is replayed of a coupon, in this order: its events, its rejections, and what the log holds for it. */
export type CouponFact =
  | { readonly of: 'events'; readonly recorded: RecordedEvent<CouponEvent> }
  | { readonly of: 'rejections'; readonly recorded: RecordedEvent<CouponRejectionEvent> }
  | { readonly of: 'log'; readonly message: LoggedMessage; readonly request: LoggedRequest };

/** Whose request a message is; 'Nobody' when it only tells of an event, null when neither body nor headers say. */
export type LoggedRequest = IdentifiedRequest | 'Nobody' | null;

export const requestIn = (message: LoggedMessage): LoggedRequest => {
  const order = readCouponMessage(message);
  if (E.isRight(order)) return requestOf(order.right) ?? 'Nobody';
  return requestInHeaders(message);
};

/** What the facts of a coupon come to. Folded in place: a million holders are one map. */
export interface CouponHistory {
  /** When it is judged. */
  readonly now: number;
  readonly holders: Map<string, { readonly requestId: string; readonly position: number }>;
  /** By scope, with what was asked, where it is known. */
  readonly rejections: Map<string, CouponOperation | undefined>;
  /** Issued and rejected, by scope; unless the rejection was withdrawn. */
  readonly refused: Map<string, string>;
  readonly operations: Map<string, CouponOperation>;
  /** Of the last request that was granted, by partition of the log. */
  readonly lastOffsets: Map<string, number>;
  readonly logged: { requests: number; anonymous: number; reused: number; expired: number };
  quantity: number;
  issued: number;
  isCreated: boolean;
  isOnSale: boolean;
}

export const emptyHistory = (now: number): CouponHistory => ({
  now,
  holders: new Map(),
  rejections: new Map(),
  refused: new Map(),
  operations: new Map(),
  lastOffsets: new Map(),
  logged: { requests: 0, anonymous: 0, reused: 0, expired: 0 },
  quantity: 0,
  issued: 0,
  isCreated: false,
  isOnSale: true,
});

/** Only its own answer counts: that of another kind of request, or of another caller, is none. */
export const answerTo = (
  { holders, operations, rejections }: CouponHistory,
  { asker, requestId, operation }: IdentifiedRequest,
): 'Answered' | 'IdReused' | 'Unanswered' => {
  if (asker.asks === 'ISSUE' && holders.get(asker.userId)?.requestId === requestId) return 'Answered';
  const scope = answering(asker)
    .map((each) => scopeOf(each, requestId))
    .find((each) => operations.has(each) || rejections.has(each));
  if (scope === undefined) return 'Unanswered';
  const asked = operations.get(scope) ?? rejections.get(scope);
  const isReused = operation !== undefined && asked !== undefined && contentOf(asked) !== contentOf(operation);
  return isReused ? 'IdReused' : 'Answered';
};

/** Rejections are kept as long as the log promises to keep requests; the log may keep them longer. */
export const isTooOldToTell = ({ now }: CouponHistory, { loggedAt }: LoggedMessage): boolean =>
  loggedAt < now - REJECTIONS_KEPT_SECONDS * 1_000;

/** Where in the log the request stood that an event decided; null where that is not recorded. */
export const sourceOf = ({ metadata: { source } }: RecordedEvent) =>
  source === undefined ? null : { partition: `${source.topic}/${source.partition}`, offset: source.offset };

const operated = (history: CouponHistory, event: OperatedEvent): void =>
  void history.operations.set(scopeOf({ asks: 'OPERATION', actor: event.actor }, event.requestId), operationOf(event));

const happened = (history: CouponHistory, recorded: RecordedEvent<CouponEvent>): void => {
  const { event, position } = recorded;
  switch (event.type) {
    case 'CouponCreated':
      history.isCreated = true;
      history.quantity = event.quantity;
      history.isOnSale = event.eventId === null;
      return;
    case 'CouponIssued': {
      history.issued++;
      history.holders.set(event.userId, { requestId: event.requestId, position });
      const source = sourceOf(recorded);
      if (source === null) return;
      const before = history.lastOffsets.get(source.partition) ?? -1;
      return void history.lastOffsets.set(source.partition, Math.max(before, source.offset));
    }
    case 'CouponQuantityChanged':
      history.quantity = event.quantity;
      return operated(history, event);
    case 'CouponPaused':
    case 'CouponResumed':
    case 'CouponTermsChanged':
      return operated(history, event);
    case 'CouponSaleOpened':
    case 'CouponSaleClosed':
      history.isOnSale = event.type === 'CouponSaleOpened';
  }
};

const rejected = (
  { rejections, refused, holders }: CouponHistory,
  { event, position }: RecordedEvent<CouponRejectionEvent>,
): void => {
  if (event.type === 'CouponRejectionWithdrawn') {
    const scope = scopeOf(askerOfWithdrawn(event), event.requestId);
    rejections.delete(scope);
    return void refused.delete(scope);
  }
  const { userId, requestId, code, operation } = event;
  const scope = scopeOf(askerOf(event), requestId);
  rejections.set(scope, operation);
  const held = userId === null ? undefined : holders.get(userId);
  if (held?.requestId !== requestId) return;
  // Given up because it had not arrived, it may have been asked again.
  if (code !== 'ABANDONED' || position > held.position)
    refused.set(scope, `${requestId} of ${userId} was issued, and rejected with ${code}`);
};

const logged = (history: CouponHistory, message: LoggedMessage, request: LoggedRequest): void => {
  const counts = history.logged;
  if (request === 'Nobody') return;
  if (request === null) return void counts.anonymous++;
  counts.requests++;
  const answer = answerTo(history, request);
  if (answer === 'IdReused') counts.reused++;
  if (answer === 'Unanswered' && isTooOldToTell(history, message)) counts.expired++;
};

export const evolveHistory = (history: CouponHistory, fact: CouponFact): CouponHistory => {
  switch (fact.of) {
    case 'events':
      happened(history, fact.recorded);
      break;
    case 'rejections':
      rejected(history, fact.recorded);
      break;
    case 'log':
      logged(history, fact.message, fact.request);
  }
  return history;
};
