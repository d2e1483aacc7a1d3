import { z } from 'zod';
import { type CouponEvent } from '../../../domain/coupon/events.js';
import { type CouponRequestRejected } from '../../../domain/coupon-rejections/events.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type View } from '../../projecting/view.js';
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
  ABANDONED: true,
  UNPROCESSABLE: true,
};
const isRejectionCode = (value: unknown): value is CouponRequestRejected['code'] =>
  typeof value === 'string' && Object.hasOwn(rejectionCodes, value);

const answer = z.object({
  couponId: z.string(),
  /** Null where there is none: a request of an operator, or one whose body could not be read. */
  userId: z.string().nullable(),
  status: z.enum(['SUCCESS', 'FAILED', 'ALREADY_ISSUED', 'OUT_OF_STOCK']),
  /** Why not; absent when it succeeded. */
  code: z.custom<CouponRequestRejected['code']>(isRejectionCode).optional(),
  place: z.number().optional(),
  /** Epoch milliseconds: when the decision was recorded. */
  processedAt: z.number(),
  /** Of the event that is the answer. */
  position: z.number(),
});

/** The final answer to a request of a user or an operator. */
export type RequestAnswer = z.infer<typeof answer>;

const requestDocument = answer.extend({
  requestId: z.string(),
  /** A request id is its client's own choice: who chose one already taken is answered here. */
  others: z.array(answer).optional(),
});

export type RequestDocument = z.infer<typeof requestDocument>;

/** More than this many strangers under one request id are no accident. */
const MOST_OTHERS = 20;

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

const isAnswer = (event: RecordedEvent['event']): event is Answered =>
  Object.hasOwn(unasked, event.type) ? false : isCouponEvent(event) || isCouponRequestRejected(event);

const statusOf = ({ code }: CouponRequestRejected): RequestAnswer['status'] =>
  code === 'ALREADY_ISSUED' || code === 'OUT_OF_STOCK' ? code : 'FAILED';

const answerOf = (event: Answered, { recordedAt: processedAt, position }: RecordedEvent): RequestAnswer => {
  const { couponId } = event;
  switch (event.type) {
    case 'CouponIssued':
      return { couponId, userId: event.userId, status: 'SUCCESS', place: event.place, processedAt, position };
    case 'CouponRequestRejected':
      return { couponId, userId: event.userId, status: statusOf(event), code: event.code, processedAt, position };
    case 'CouponPaused':
    case 'CouponResumed':
    case 'CouponQuantityChanged':
      return { couponId, userId: null, status: 'SUCCESS', processedAt, position };
  }
};

/** The answers under one request id: nearly always exactly one. */
export const answersOf = (request: RequestDocument): ReadonlyArray<RequestAnswer> =>
  request.others === undefined ? [request] : [request, ...request.others];

/** The first answer stands: none ever changes. */
const join = (request: RequestDocument, next: RequestAnswer): RequestDocument => {
  const known = answersOf(request);
  const isRepeated = known.some(({ couponId, userId }) => couponId === next.couponId && userId === next.userId);
  return isRepeated || known.length > MOST_OTHERS ? request : { ...request, others: [...(request.others ?? []), next] };
};

/** By requestId: what became of it. Whose request was granted stands in user-coupons, and not in an index here as well. */
export const issueRequestsView: View<RequestDocument> = {
  name: 'issue-requests',
  version: 2,
  schema: requestDocument,
  streamPrefixes: [COUPON_STREAMS, COUPON_REJECTION_STREAMS],
  documentIds: ({ event }) => (isAnswer(event) ? [event.requestId] : []),
  fold: (request, recorded) => {
    const { event } = recorded;
    if (!isAnswer(event)) return request;
    const next = answerOf(event, recorded);
    return request === null ? { requestId: event.requestId, ...next } : join(request, next);
  },
  entries: (request) =>
    answersOf(request).flatMap(({ couponId, userId, status, position }) =>
      userId === null || status === 'SUCCESS'
        ? []
        : [{ index: 'refused-of-user', key: ofUser(couponId, userId), sort: position }],
    ),
};
