import { z } from 'zod';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { contentOf, operationOf } from '../../domain/coupon/operation.js';
import { type Asker } from '../../domain/coupon/request-scope.js';
import { answering, askerOf, askerOfWithdrawn } from '../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionWithdrawn, type CouponRequestRejected } from '../../domain/coupon-rejections/events.js';
import { DONE, outcome, type Outcome, type OutcomeRule, outcomesOf } from '../kernel/outcome/outcomes.js';
import { derivedId } from '../kernel/writer/event-ids.js';
import { eventsOf } from '../kernel/events/event-schemas.js';
import { type RecordedEvent } from '../ports/event-store.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS, isCouponEvent } from './coupon-aggregate.js';
import { isCouponRequestRejected, rejectionCode } from './coupon-rejections-aggregate.js';

const couponOutcome = outcome.extend({
  result: z.literal([DONE, ...rejectionCode.options]),
  requestId: z.string(),
  couponId: z.string(),
  /** Null if there is none: a request of an operator, or one whose user is not known. */
  userId: z.string().nullable(),
  place: z.number().optional(),
  /** The operator who asked; and what, as `contentOf` says it. Absent where it is not known. */
  actor: z.string().optional(),
  content: z.string().optional(),
  /** The earlier answer, which was withdrawn before the message was decided again. */
  supersedes: z.object({ code: z.string(), processedAt: z.number() }).optional(),
  /** This answer stands no longer; the one that is decided now comes at once. */
  isWithdrawn: z.boolean().optional(),
});

/** What became of a request of a user or an operator. */
export type CouponOutcome = z.infer<typeof couponOutcome>;

export const couponOutcomes = outcomesOf<CouponOutcome>(couponOutcome);

const CONTEXT = 'coupon';

/** Whether nobody knows whose it was. */
export const isAnybodys = ({ userId, actor, result }: CouponOutcome): boolean =>
  userId === null && actor === undefined && result === 'UNPROCESSABLE';

/** The request was given up: a repeated request with the same id is decided again. */
export const isAbandoned = ({ result }: Pick<CouponOutcome, 'result'>): boolean => result === 'ABANDONED';

/** The beginning of the keys of all requests with one request id: clients choose ids, so several may choose the same. */
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

/** No request led to these, so they answer none. */
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

/** Outcomes of this context have fields of their own. */
const isCouponOutcome = (known: Outcome): known is CouponOutcome => 'requestId' in known;

/**
 * The results of issuing and of operations. The first answer is final, unless it was abandoned or withdrawn. Whose
 * request was granted is in user-coupons, so there is no index of it here.
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
