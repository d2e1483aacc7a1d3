import { either as E } from 'fp-ts';
import { type CommandFrom } from '../decider.js';
import { type Coupon, isGranted, isHeldBy } from '../coupon/coupon.js';
import { type CouponRequest, decideRequest } from '../coupon/decider.js';
import { type CouponEvent } from '../coupon/events.js';
import { type IssueCoupon } from '../coupon/issue-coupon.js';
import { type CouponOperation, termsIn } from '../coupon/operation.js';
import { type Asker } from '../coupon/request-scope.js';
import { type Instant } from '../time.js';
import {
  abandonedAt,
  type CouponRejections,
  isRejected,
  isRejectedForAnyone,
  unprocessableBy,
} from './coupon-rejections.js';
import { type CouponRejectionWithdrawn, type CouponRequestRejected, type RejectionCode } from './events.js';

/** Asks that an issue request be settled which nobody can vouch for. Its `at` is when that request was made. */
export type VoidRequest = CommandFrom<IssueCoupon, 'VoidRequest'>;

/** A request is answered once: by events of the coupon, or by a rejection; repeated, by nothing new. */
export type Settlement =
  | { readonly settled: 'Granted'; readonly events: ReadonlyArray<CouponEvent> }
  | { readonly settled: 'Rejected'; readonly events: readonly [CouponRequestRejected] }
  | { readonly settled: 'Before'; readonly events: readonly [] };

const before: Settlement = { settled: 'Before', events: [] };

export interface IdentifiedRequest {
  readonly couponId: string;
  readonly requestId: string;
  readonly asker: Asker;
  /** What an operator asks, where it is known. */
  readonly operation?: CouponOperation;
}

export const rejected = (
  { couponId, requestId, asker, operation }: IdentifiedRequest,
  code: RejectionCode,
  at: Instant,
): CouponRequestRejected => ({
  type: 'CouponRequestRejected',
  couponId,
  userId: asker.asks === 'ISSUE' ? asker.userId : null,
  requestId,
  code,
  ...(asker.asks === 'OPERATION' && { actor: asker.actor }),
  ...(operation !== undefined && { operation }),
  at,
});

/** Whose request a command is; null when nobody asked: an event that has opened or closed only tells of itself. */
export const requestOf = (command: CouponRequest | VoidRequest): IdentifiedRequest | null => {
  const { couponId, requestId } = command;
  switch (command.type) {
    case 'IssueCoupon':
    case 'VoidRequest':
      return { couponId, requestId, asker: { asks: 'ISSUE', userId: command.userId } };
    case 'PauseCoupon':
    case 'ResumeCoupon': {
      const { type, actor, reason } = command;
      return { couponId, requestId, asker: { asks: 'OPERATION', actor }, operation: { type, reason } };
    }
    case 'ChangeQuantity': {
      const { type, actor, reason, quantity } = command;
      return { couponId, requestId, asker: { asks: 'OPERATION', actor }, operation: { type, reason, quantity } };
    }
    case 'ChangeTerms': {
      const { type, actor, reason } = command;
      const operation = { type, reason, ...termsIn(command) };
      return { couponId, requestId, asker: { asks: 'OPERATION', actor }, operation };
    }
    case 'OpenSale':
    case 'CloseSale':
      return null;
  }
};

/**
 * The final answer to a request. A rejected request stays rejected, even if the coupon was resumed or enlarged since. A void
 * rejects a request that has not arrived, so that it is already rejected if it arrives later; a request that was answered keeps
 * its answer. A later request with the same id is decided like a new one.
 */
export const settleRequest = (
  command: CouponRequest | VoidRequest,
  coupon: Coupon,
  rejections: CouponRejections,
): Settlement => {
  const request = requestOf(command);
  if (request !== null && isRejected(rejections, request.asker, request.requestId)) return before;
  const abandoned = request === null ? null : abandonedAt(rejections, request.asker, request.requestId);
  if (abandoned !== null && command.at <= abandoned) return before;
  if (command.type === 'VoidRequest') {
    if (request === null || isHeldBy(coupon, command.userId, command.requestId)) return before;
    return { settled: 'Rejected', events: [rejected(request, 'ABANDONED', command.at)] };
  }
  const decision = decideRequest(command, coupon);
  if (E.isLeft(decision))
    return request === null ? before : { settled: 'Rejected', events: [rejected(request, decision.left, command.at)] };
  return decision.right.length === 0 ? before : { settled: 'Granted', events: decision.right };
};

/** The final answer to a request that could not be understood, unless it was answered before. */
export const settleUnprocessable = (
  request: IdentifiedRequest,
  at: Instant,
  coupon: Coupon,
  rejections: CouponRejections,
): Settlement => {
  const { asker, requestId } = request;
  const isAnswered =
    isGranted(coupon, asker, requestId) ||
    (asker.asks === 'UNKNOWN' ? isRejectedForAnyone(rejections, requestId) : isRejected(rejections, asker, requestId));
  return isAnswered ? before : { settled: 'Rejected', events: [rejected(request, 'UNPROCESSABLE', at)] };
};

/**
 * What has to be withdrawn before a replayed request can be decided anew: the answer that it could not be processed, if that is
 * its answer. Any other answer stands; null.
 */
export const withdrawal = (
  { couponId, requestId, asker }: IdentifiedRequest,
  rejections: CouponRejections,
  deadLetterId: string,
  at: Instant,
): CouponRejectionWithdrawn | null => {
  const by = unprocessableBy(rejections, asker, requestId);
  if (by === null) return null;
  return {
    type: 'CouponRejectionWithdrawn',
    couponId,
    userId: by.asks === 'ISSUE' ? by.userId : null,
    ...(by.asks === 'OPERATION' && { actor: by.actor }),
    requestId,
    deadLetterId,
    at,
  };
};
