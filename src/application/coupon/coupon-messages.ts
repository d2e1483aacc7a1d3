import { either as E } from 'fp-ts';
import { type CouponRequest } from '../../domain/coupon/decider.js';
import { termsIn } from '../../domain/coupon/operation.js';
import { type VoidRequest } from '../../domain/coupon-rejections/settle-request.js';
import { messageBody, type UnreadableMessage } from '../kernel/writer/message-body.js';
import { type LoggedMessage } from '../ports/message-log.js';
import { z } from 'zod';
import { commandMessages } from '../kernel/events/message-types.js';
import { COUPON_ISSUE_REQUESTS } from '../kernel/messaging/topics.js';
import { changedTerms } from './coupon-aggregate.js';

const requested = {
  eventId: z.string(),
  /** ISO-8601. */
  occurredAt: z.string(),
  couponId: z.string(),
  requestId: z.string(),
  /** Epoch milliseconds: when the request was accepted. */
  timestamp: z.number(),
};

const byOperator = { ...requested, actor: z.string(), reason: z.string() };

const issueRequested = z.object({
  ...requested,
  eventType: z.literal('COUPON_ISSUE_REQUESTED'),
  userId: z.string(),
  /** ISO-8601, the same moment as `timestamp`. */
  requestedAt: z.string(),
});

const pauseRequested = z.object({ ...byOperator, eventType: z.literal('COUPON_PAUSE_REQUESTED') });
const resumeRequested = z.object({ ...byOperator, eventType: z.literal('COUPON_RESUME_REQUESTED') });
const quantityChangeRequested = z.object({
  ...byOperator,
  eventType: z.literal('COUPON_QUANTITY_CHANGE_REQUESTED'),
  quantity: z.number(),
});

/** Epoch milliseconds; absent is as it was, null for never. */
const termsChangeRequested = z.object({
  ...byOperator,
  eventType: z.literal('COUPON_TERMS_CHANGE_REQUESTED'),
  ...changedTerms,
});

/** The event a coupon is tied to has opened, or is over. `eventId` is the message's own, as everywhere. */
const saleOpened = z.object({ ...requested, eventType: z.literal('COUPON_SALE_OPENED'), tiedTo: z.string() });
const saleClosed = z.object({ ...requested, eventType: z.literal('COUPON_SALE_CLOSED'), tiedTo: z.string() });

/**
 * Asks the writer to settle a reservation whose request may never have reached the log. If the request arrived before, its answer
 * stands. If not, it is rejected now, and stays rejected however late it arrives.
 */
const voidRequested = z.object({ ...requested, eventType: z.literal('COUPON_REQUEST_VOIDED'), userId: z.string() });

/** What stands on `coupon-issue-requests`, keyed by couponId: everything that one writer decides for a coupon, in order. */
export const couponMessage = z.discriminatedUnion('eventType', [
  issueRequested,
  pauseRequested,
  resumeRequested,
  quantityChangeRequested,
  termsChangeRequested,
  voidRequested,
  saleOpened,
  saleClosed,
]);

export type CouponMessage = z.infer<typeof couponMessage>;

export const couponMessages = commandMessages(COUPON_ISSUE_REQUESTS, couponMessage);

export type CouponOrder = CouponRequest | VoidRequest;

const toOrder = (message: CouponMessage): CouponOrder => {
  const { couponId, requestId, timestamp: at } = message;
  switch (message.eventType) {
    case 'COUPON_ISSUE_REQUESTED':
      return { type: 'IssueCoupon', couponId, userId: message.userId, requestId, at };
    case 'COUPON_REQUEST_VOIDED':
      return { type: 'VoidRequest', couponId, userId: message.userId, requestId, at };
    case 'COUPON_PAUSE_REQUESTED':
      return { type: 'PauseCoupon', couponId, requestId, actor: message.actor, reason: message.reason, at };
    case 'COUPON_RESUME_REQUESTED':
      return { type: 'ResumeCoupon', couponId, requestId, actor: message.actor, reason: message.reason, at };
    case 'COUPON_SALE_OPENED':
      return { type: 'OpenSale', couponId, eventId: message.tiedTo, requestId, at };
    case 'COUPON_SALE_CLOSED':
      return { type: 'CloseSale', couponId, eventId: message.tiedTo, requestId, at };
    case 'COUPON_TERMS_CHANGE_REQUESTED': {
      const { actor, reason } = message;
      return { type: 'ChangeTerms', couponId, requestId, ...termsIn(message), actor, reason, at };
    }
    case 'COUPON_QUANTITY_CHANGE_REQUESTED': {
      const { actor, reason, quantity } = message;
      return { type: 'ChangeQuantity', couponId, requestId, quantity, actor, reason, at };
    }
  }
};

const bodyOf = messageBody(couponMessages, ({ couponId }) => couponId);

export const readCouponMessage = (message: LoggedMessage): E.Either<UnreadableMessage, CouponOrder> =>
  E.map(toOrder)(bodyOf(message));
