import { either as E } from 'fp-ts';
import { type CouponRequest } from '../../domain/coupon/decider.js';
import { termsIn } from '../../domain/coupon/operation.js';
import { type VoidRequest } from '../../domain/coupon-rejections/settle-request.js';
import { messageBody, type UnreadableMessage } from '../kernel/writer/message-body.js';
import { type LoggedMessage } from '../ports/message-log.js';
import { couponMessages, type CouponMessage } from './coupon-messages.js';

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
