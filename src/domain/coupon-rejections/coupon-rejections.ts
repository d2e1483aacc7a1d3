import { Map } from 'immutable';
import { type Instant } from '../time.js';
import { type CouponRequestRejected } from './events.js';

/**
 * The requests of one coupon that were rejected, and when. Their answers stand, whatever becomes of the coupon
 * afterwards. A requestId is the client's own choice, so it counts only together with its user.
 */
export interface CouponRejections {
  readonly rejected: Map<string, Instant>;
}

export const noRejections: CouponRejections = { rejected: Map() };

/** No id contains a slash. */
const keyOf = (userId: string | null, requestId: string): string => `${userId ?? ''}/${requestId}`;

export const evolveRejections = (
  { rejected }: CouponRejections,
  { userId, requestId, at }: CouponRequestRejected,
): CouponRejections => ({ rejected: rejected.set(keyOf(userId, requestId), at) });

/** Also true of a request whose message could not be read: then nobody knew whose it was. */
export const isRejected = ({ rejected }: CouponRejections, userId: string | null, requestId: string): boolean =>
  !rejected.isEmpty() && (rejected.has(keyOf(userId, requestId)) || rejected.has(keyOf(null, requestId)));
