import { z } from 'zod';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { contentOf, operationOf } from '../../domain/coupon/operation.js';
import { type Asker } from '../../domain/coupon/request-scope.js';
import { answering, askerOf, askerOfWithdrawn } from '../../domain/coupon-rejections/coupon-rejections.js';
import {
  type CouponRejectionWithdrawn,
  type CouponRequestRejected,
  type RejectionCode,
} from '../../domain/coupon-rejections/events.js';
import { DONE, outcome, type Outcome, type OutcomeRule, outcomesOf } from '../kernel/outcome/outcomes.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { eventsOf } from '../kernel/writer/events-of.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { isCouponEvent } from './coupon-aggregate.js';
import { isCouponRequestRejected } from './coupon-rejections-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from './coupon-streams.js';

const results: Readonly<Record<RejectionCode | typeof DONE, true>> = {
  DONE: true,
  COUPON_NOT_FOUND: true,
  NOT_OPEN: true,
  CLOSED: true,
  PAUSED: true,
  ALREADY_ISSUED: true,
  OUT_OF_STOCK: true,
  QUANTITY_BELOW_ISSUED: true,
  INVALID_WINDOW: true,
  ABANDONED: true,
  UNPROCESSABLE: true,
};
const isResult = (value: unknown): value is RejectionCode | typeof DONE =>
  typeof value === 'string' && Object.hasOwn(results, value);

const couponOutcome = outcome.extend({
  result: z.custom<RejectionCode | typeof DONE>(isResult),
  requestId: z.string(),
  couponId: z.string(),
  /** Null where there is none: a request of an operator, or one nobody knows whose it was. */
  userId: z.string().nullable(),
  place: z.number().optional(),
  /** The operator who asked; and what, as `contentOf` says it. Absent where it is not known. */
  actor: z.string().optional(),
  content: z.string().optional(),
  /** The answer that stood before, and was withdrawn: then the message was decided anew. */
  supersedes: z.object({ code: z.string(), processedAt: z.number() }).optional(),
  /** This answer stands no longer; the one that is decided now comes at once. */
  isWithdrawn: z.boolean().optional(),
  /** Epoch milliseconds: when the decision was recorded. */
  processedAt: z.number(),
});

/** What became of a request of a user or an operator. */
export type CouponOutcome = z.infer<typeof couponOutcome>;

export const couponOutcomes = outcomesOf<CouponOutcome>(couponOutcome);

const CONTEXT = 'coupon';

/** Whether nobody knows whose it was. */
export const isAnybodys = ({ userId, actor, result }: CouponOutcome): boolean =>
  userId === null && actor === undefined && result === 'UNPROCESSABLE';

/** What had been tried was given up: whoever asks again with the same id gets another answer. */
export const isAbandoned = ({ result }: Pick<CouponOutcome, 'result'>): boolean => result === 'ABANDONED';

/** What the keys of all requests under one request id begin with: it is its client's own choice, and others may choose it too. */
export const underRequestId = (requestId: string): string => `${CONTEXT}/${requestId}/`;

/** Actors are free text: hashed, they fit into an id. */
const callerKey = (asker: Asker): string => {
  switch (asker.asks) {
    case 'ISSUE':
      return asker.userId;
    case 'OPERATION':
      return `@${derivedId(encodeURIComponent(asker.actor))}`;
    case 'UNKNOWN':
      return '';
  }
};

/** The key of a request's outcome: by request id, coupon and caller. */
export const couponOutcomeId = (couponId: string, asker: Asker, requestId: string): string =>
  `${underRequestId(requestId)}${couponId}/${callerKey(asker)}`;

/** The keys that may answer a request, its own first. */
export const answeringIds = (couponId: string, asker: Asker, requestId: string): ReadonlyArray<string> =>
  answering(asker).map((each) => couponOutcomeId(couponId, each, requestId));

/** Index `refused-of-user`: the requests of one user for one coupon that led to nothing, in order. */
export const REFUSED_OF_USER = 'refused-of-user';
export const ofUser = (couponId: string, userId: string): string => `${couponId}/${userId}`;

/** Nobody asked, so nobody is answered. */
type Unasked = 'CouponCreated' | 'CouponSaleOpened' | 'CouponSaleClosed';
type Answered = Exclude<CouponEvent, { readonly type: Unasked }> | CouponRequestRejected;

const unasked: Readonly<Record<Unasked, true>> = {
  CouponCreated: true,
  CouponSaleOpened: true,
  CouponSaleClosed: true,
};

const isWithdrawal = eventsOf<CouponRejectionWithdrawn>({ CouponRejectionWithdrawn: true });

const isAnswer = (event: RecordedEvent['event']): event is Answered =>
  Object.hasOwn(unasked, event.type) ? false : isCouponEvent(event) || isCouponRequestRejected(event);

const askerOfAnswered = (event: Answered): Asker => {
  switch (event.type) {
    case 'CouponIssued':
      return { asks: 'ISSUE', userId: event.userId };
    case 'CouponRequestRejected':
      return askerOf(event);
    case 'CouponPaused':
    case 'CouponResumed':
    case 'CouponQuantityChanged':
    case 'CouponTermsChanged':
      return { asks: 'OPERATION', actor: event.actor };
  }
};

const outcomeOf = (event: Answered, { recordedAt: processedAt, position }: RecordedEvent): CouponOutcome => {
  const { couponId, requestId } = event;
  const done = { requestId, couponId, userId: null, result: DONE, processedAt, position } as const;
  switch (event.type) {
    case 'CouponIssued':
      return { ...done, userId: event.userId, place: event.place };
    case 'CouponRequestRejected': {
      const { userId, code: result, actor, operation } = event;
      const asked = operation !== undefined && { content: contentOf(operation) };
      return { ...done, userId, result, ...(actor !== undefined && { actor }), ...asked };
    }
    case 'CouponPaused':
    case 'CouponResumed':
    case 'CouponQuantityChanged':
    case 'CouponTermsChanged':
      return { ...done, actor: event.actor, content: contentOf(operationOf(event)) };
  }
};

/** What this rule folds is of its own shape. */
const isCouponOutcome = (known: Outcome): known is CouponOutcome => 'requestId' in known;

/**
 * What became of issuing and of what operators did. The first answer stands, but for one that was abandoned or withdrawn. Whose
 * request was granted stands in user-coupons, and not in an index here as well.
 */
export const couponOutcomeRule: OutcomeRule = {
  context: CONTEXT,
  streamPrefixes: [COUPON_STREAMS, COUPON_REJECTION_STREAMS],
  ids: ({ event }) => {
    if (isWithdrawal(event)) return [couponOutcomeId(event.couponId, askerOfWithdrawn(event), event.requestId)];
    return isAnswer(event) ? [couponOutcomeId(event.couponId, askerOfAnswered(event), event.requestId)] : [];
  },
  fold: (found, recorded) => {
    const { event } = recorded;
    const known = found !== null && isCouponOutcome(found) ? found : null;
    if (isWithdrawal(event)) return known === null ? null : { ...known, isWithdrawn: true };
    if (!isAnswer(event)) return known;
    if (known === null || isAbandoned(known)) return outcomeOf(event, recorded);
    if (known.isWithdrawn !== true) return known;
    const { result: code, processedAt } = known;
    return { ...outcomeOf(event, recorded), supersedes: { code, processedAt } };
  },
  entries: (known) => {
    if (!isCouponOutcome(known) || known.userId === null || known.result === DONE) return [];
    return [{ index: REFUSED_OF_USER, key: ofUser(known.couponId, known.userId), sort: known.position }];
  },
};
