import { z } from 'zod';
import { type CouponEvent } from '../../../domain/coupon/events.js';
import { contentOf, operationOf } from '../../../domain/coupon/operation.js';
import { type Asker } from '../../../domain/coupon/request-scope.js';
import { answering, askerOf, askerOfWithdrawn } from '../../../domain/coupon-rejections/coupon-rejections.js';
import { type CouponRejectionWithdrawn, type CouponRequestRejected } from '../../../domain/coupon-rejections/events.js';
import { derivedId } from '../../kernel/writer/event-ids.js';
import { eventsOf } from '../../kernel/writer/events-of.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type View } from '../../kernel/projection/view.js';
import { isCouponEvent } from '../coupon-aggregate.js';
import { isCouponRequestRejected } from '../coupon-rejections-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from '../coupon-streams.js';

const rejectionCodes: Readonly<Record<CouponRequestRejected['code'], true>> = {
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
const isRejectionCode = (value: unknown): value is CouponRequestRejected['code'] =>
  typeof value === 'string' && Object.hasOwn(rejectionCodes, value);

const requestDocument = z.object({
  requestId: z.string(),
  couponId: z.string(),
  /** Null where there is none: a request of an operator, or one nobody knows whose it was. */
  userId: z.string().nullable(),
  status: z.enum(['SUCCESS', 'FAILED', 'ALREADY_ISSUED', 'OUT_OF_STOCK']),
  /** Why not; absent when it succeeded. */
  code: z.custom<CouponRequestRejected['code']>(isRejectionCode).optional(),
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
  /** Of the event that is the answer. */
  position: z.number(),
});

/** The final answer to a request of a user or an operator. */
export type RequestDocument = z.infer<typeof requestDocument>;

/** Whether nobody knows whose it was. */
export const isAnybodys = ({ userId, actor, code }: RequestDocument): boolean =>
  userId === null && actor === undefined && code === 'UNPROCESSABLE';

/** What the ids of all requests under one request id begin with: it is its client's own choice, and others may choose it too. */
export const underRequestId = (requestId: string): string => `${requestId}/`;

/** Actors are free text: hashed, they fit into an id. */
const askerKey = (asker: Asker): string => {
  switch (asker.asks) {
    case 'ISSUE':
      return asker.userId;
    case 'OPERATION':
      return `@${derivedId(encodeURIComponent(asker.actor))}`;
    case 'UNKNOWN':
      return '';
  }
};

export const requestDocumentId = (couponId: string, asker: Asker, requestId: string): string =>
  `${underRequestId(requestId)}${couponId}/${askerKey(asker)}`;

/** The documents that may answer a request, its own first. */
export const answeringIds = (couponId: string, asker: Asker, requestId: string): ReadonlyArray<string> =>
  answering(asker).map((each) => requestDocumentId(couponId, each, requestId));

/** Index `refused-of-user`: the requests of one user for one coupon that led to nothing, in order. */
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

const statusOf = ({ code }: CouponRequestRejected): RequestDocument['status'] =>
  code === 'ALREADY_ISSUED' || code === 'OUT_OF_STOCK' ? code : 'FAILED';

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

const answerOf = (event: Answered, { recordedAt: processedAt, position }: RecordedEvent): RequestDocument => {
  const { couponId, requestId } = event;
  const recorded = { requestId, couponId, userId: null, processedAt, position };
  switch (event.type) {
    case 'CouponIssued':
      return { ...recorded, userId: event.userId, status: 'SUCCESS', place: event.place };
    case 'CouponRequestRejected': {
      const { userId, code, actor, operation } = event;
      return {
        ...recorded,
        userId,
        status: statusOf(event),
        code,
        ...(actor !== undefined && { actor }),
        ...(operation !== undefined && { content: contentOf(operation) }),
      };
    }
    case 'CouponPaused':
    case 'CouponResumed':
    case 'CouponQuantityChanged':
    case 'CouponTermsChanged':
      return { ...recorded, status: 'SUCCESS', actor: event.actor, content: contentOf(operationOf(event)) };
  }
};

/** What had been tried was given up: whoever asks again with the same id gets another answer. */
export const isAbandoned = ({ code }: Pick<RequestDocument, 'code'>): boolean => code === 'ABANDONED';

/**
 * By requestId, coupon and asker: what became of it. The first answer stands, but for one that was abandoned or withdrawn. Whose request was granted
 * stands in user-coupons, and not in an index here as well.
 */
export const issueRequestsView: View<RequestDocument> = {
  name: 'issue-requests',
  version: 4,
  schema: requestDocument,
  streamPrefixes: [COUPON_STREAMS, COUPON_REJECTION_STREAMS],
  documentIds: ({ event }) => {
    if (isWithdrawal(event)) return [requestDocumentId(event.couponId, askerOfWithdrawn(event), event.requestId)];
    return isAnswer(event) ? [requestDocumentId(event.couponId, askerOfAnswered(event), event.requestId)] : [];
  },
  fold: (request, recorded) => {
    const { event } = recorded;
    if (isWithdrawal(event)) return request === null ? null : { ...request, isWithdrawn: true };
    if (!isAnswer(event)) return request;
    if (request === null || isAbandoned(request)) return answerOf(event, recorded);
    if (request.isWithdrawn !== true) return request;
    const { code = 'UNPROCESSABLE', processedAt } = request;
    return { ...answerOf(event, recorded), supersedes: { code, processedAt } };
  },
  entries: ({ couponId, userId, status, position }) =>
    userId === null || status === 'SUCCESS'
      ? []
      : [{ index: 'refused-of-user', key: ofUser(couponId, userId), sort: position }],
};
