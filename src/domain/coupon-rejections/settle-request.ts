import { either as E } from 'fp-ts';
import { type Coupon, isGranted, isHeldBy } from '../coupon/coupon.js';
import { type CouponRequest, decideRequest } from '../coupon/decider.js';
import { type CouponEvent } from '../coupon/events.js';
import { type Instant } from '../time.js';
import { type CouponRejections, isRejected, isRejectedForAnyone } from './coupon-rejections.js';
import { type CouponRequestRejected, type RejectionCode } from './events.js';

/** Asks that an issue request be settled which nobody can vouch for. */
export interface VoidRequest {
  readonly type: 'VoidRequest';
  readonly couponId: string;
  readonly userId: string;
  readonly requestId: string;
  readonly at: Instant;
}

/** A request is answered once: by events of the coupon, or by a rejection; repeated, by nothing new. */
export type Settlement =
  | { readonly settled: 'Granted'; readonly events: ReadonlyArray<CouponEvent> }
  | { readonly settled: 'Rejected'; readonly events: readonly [CouponRequestRejected] }
  | { readonly settled: 'Before'; readonly events: readonly [] };

const before: Settlement = { settled: 'Before', events: [] };

export const rejected = (
  { couponId, userId, requestId }: { couponId: string; userId: string | null; requestId: string },
  code: RejectionCode,
  at: Instant,
): CouponRequestRejected => ({ type: 'CouponRequestRejected', couponId, userId, requestId, code, at });

/**
 * The final answer to a request. One already rejected stays rejected, though the coupon may have been resumed or
 * enlarged since. A void rejects what has not arrived, so that it is found rejected should it still arrive; a request
 * already answered keeps its answer.
 */
export const settleRequest = (
  command: CouponRequest | VoidRequest,
  coupon: Coupon,
  rejections: CouponRejections,
): Settlement => {
  const request = { userId: null, ...command };
  if (isRejected(rejections, request.userId, request.requestId)) return before;
  if (command.type === 'VoidRequest') {
    if (isHeldBy(coupon, command.userId, command.requestId)) return before;
    return { settled: 'Rejected', events: [rejected(command, 'ABANDONED', command.at)] };
  }
  const decision = decideRequest(command, coupon);
  if (E.isLeft(decision)) return { settled: 'Rejected', events: [rejected(request, decision.left, command.at)] };
  return decision.right.length === 0 ? before : { settled: 'Granted', events: decision.right };
};

/** The final answer to a request that could not be understood, unless it was answered before. */
export const settleUnprocessable = (
  request: { readonly couponId: string; readonly userId: string | null; readonly requestId: string },
  at: Instant,
  coupon: Coupon,
  rejections: CouponRejections,
): Settlement =>
  isGranted(coupon, request.requestId) || isRejectedForAnyone(rejections, request.requestId)
    ? before
    : { settled: 'Rejected', events: [rejected(request, 'UNPROCESSABLE', at)] };
