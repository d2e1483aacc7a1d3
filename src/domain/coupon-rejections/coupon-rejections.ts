import { Map } from 'immutable';
import { type Instant } from '../time.js';
import { type CouponRequestRejected } from './events.js';

/**
 * The requests of one coupon that were rejected, and when. Their answers stand, whatever becomes of the coupon
 * afterwards. A requestId is the client's own choice, so it counts only together with its user.
 */
export interface CouponRejections {
  readonly rejected: Map<string, Instant>;
  /** When the latest of them was; 0 when there are none. */
  readonly latestAt: Instant;
}

export const noRejections: CouponRejections = { rejected: Map(), latestAt: 0 };

/** No id contains a slash. */
const keyOf = (userId: string | null, requestId: string): string => `${userId ?? ''}/${requestId}`;

export const evolveRejections = (
  { rejected, latestAt }: CouponRejections,
  { userId, requestId, at }: CouponRequestRejected,
): CouponRejections => ({
  rejected: rejected.set(keyOf(userId, requestId), at),
  latestAt: Math.max(latestAt, at),
});

/** Also true of a request whose message could not be read: then nobody knew whose it was. */
export const isRejected = ({ rejected }: CouponRejections, userId: string | null, requestId: string): boolean =>
  !rejected.isEmpty() && (rejected.has(keyOf(userId, requestId)) || rejected.has(keyOf(null, requestId)));

/** Whether anybody's request of this id was rejected. Looks at all of them: for the rare message that does not say whose it is. */
export const isRejectedForAnyone = ({ rejected }: CouponRejections, requestId: string): boolean =>
  rejected.keySeq().some((key) => key.endsWith(`/${requestId}`));
