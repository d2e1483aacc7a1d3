import { either as E, function as F, option as O, taskEither as TE } from 'fp-ts';
import { type RejectionCode } from '../../domain/coupon-rejections/events.js';
import { type ChangedTerms } from '../../domain/coupon/events.js';
import { contentOf, termsIn } from '../../domain/coupon/operation.js';
import { scopeOf } from '../../domain/coupon/request-scope.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { askWriter, type AskWriterPorts } from '../kernel/outcome/ask-writer.js';
import { DONE } from '../kernel/outcome/outcomes.js';
import { awaitVisibleIn } from '../kernel/projection/await-visible.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { type Ids } from '../ports/ids.js';
import { couponById, type CouponSeen } from './coupon-by-id.js';
import { answeringIds, type CouponOutcome, couponOutcomeId, couponOutcomes } from './coupon-outcomes.js';
import { toMessage } from './coupon-request-message.js';
import { couponsView } from './coupons.js';
import { type ByOperator } from '../kernel/by-operator.js';

export interface Operation extends ByOperator {
  readonly couponId: string;
  /** The operator's own, if there is one; a repeated operation is then carried out once. */
  readonly requestId?: string;
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

export interface OperateCouponPorts extends AskWriterPorts {
  readonly ids: Ids;
  /** How long a call waits to see what it led to; milliseconds. */
  readonly waitMs: number;
}

/** The coupon as it is then: answered when queries see it. */
export type OperateCoupon = (operation: Operation) => TE.TaskEither<OperateCouponError, CouponSeen>;
export type ChangeQuantity = (operation: QuantityOperation) => ReturnType<OperateCoupon>;
export type ChangeTerms = (operation: TermsOperation) => ReturnType<OperateCoupon>;

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
  ({ ids, waitMs, ...ports }: OperateCouponPorts) =>
  (asked: Asked, request: Operation): ReturnType<OperateCoupon> =>
  async () => {
    const { couponId, actor, reason, requestId = ids.next() } = request;
    const timestamp = ports.clock.now();
    const asker = { asks: 'OPERATION', actor } as const;
    const wanted = contentOf({ ...asked, reason });
    const scope = scopeOf(asker, requestId);
    const eventId = derivedId(`operate/${couponId}/${encodeURIComponent(scope)}/${encodeURIComponent(wanted)}`);
    const occurredAt = new Date(timestamp).toISOString();
    const message = toMessage(
      { eventId, occurredAt, couponId, requestId, timestamp, actor, reason, ...inMessage(asked) },
      request,
    );
    const read = F.pipe(
      liveReader(ports.readModels).getMany(couponOutcomes, answeringIds(couponId, asker, requestId)),
      TE.map((found): O.Option<CouponOutcome> => found.find(O.isSome) ?? O.none),
    );
    const outcomeId = couponOutcomeId(couponId, asker, requestId);
    const topic = COUPON_ISSUE_REQUESTS;
    const outcome = await askWriter(ports)({ topic, message, requestId, outcomeId, read, waitMs })();
    if (E.isLeft(outcome)) return outcome;
    const { result, content, position } = outcome.right;
    // The id was used before, for something else, and that request was answered.
    if (content !== undefined && content !== wanted) return E.left({ code: 'REQUEST_ID_REUSED' });
    if (result !== DONE) return E.left({ code: result });
    const visible = await awaitVisibleIn(ports, waitMs)(couponsView)(position, couponId)();
    return E.isLeft(visible) ? E.left({ code: 'OUTCOME_UNKNOWN', requestId }) : couponById(ports)(couponId)();
  };

export const pauseCoupon =
  (ports: OperateCouponPorts): OperateCoupon =>
  (operation) =>
    operate(ports)({ type: 'PauseCoupon' }, operation);

export const resumeCoupon =
  (ports: OperateCouponPorts): OperateCoupon =>
  (operation) =>
    operate(ports)({ type: 'ResumeCoupon' }, operation);

export const changeTerms =
  (ports: OperateCouponPorts): ChangeTerms =>
  (operation) =>
    operate(ports)({ type: 'ChangeTerms', ...termsIn(operation) }, operation);

export const changeQuantity =
  (ports: OperateCouponPorts): ChangeQuantity =>
  (operation) =>
    operate(ports)({ type: 'ChangeQuantity', quantity: operation.quantity }, operation);
