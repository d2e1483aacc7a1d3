import { Map } from 'immutable';
import { type Asker, scopeOf } from '../coupon/request-scope.js';
import { type Instant } from '../time.js';
import { type CouponRequestRejected } from './events.js';

/**
 * The requests of one coupon that were rejected, by scope, and when. Their answers stand, whatever becomes of the coupon
 * afterwards.
 */
export interface CouponRejections {
  readonly rejected: Map<string, Instant>;
  /** When the latest of them was; 0 when there are none. */
  readonly latestAt: Instant;
}

export const noRejections: CouponRejections = { rejected: Map(), latestAt: 0 };

/** Older events do not say which operator asked. */
const someOperator: Asker = { asks: 'OPERATION', actor: '' };

/** Whose request was rejected. */
export const askerOf = ({ userId, actor, code }: Pick<CouponRequestRejected, 'userId' | 'actor' | 'code'>): Asker => {
  if (userId !== null) return { asks: 'ISSUE', userId };
  if (actor !== undefined) return { asks: 'OPERATION', actor };
  return code === 'UNPROCESSABLE' ? { asks: 'UNKNOWN' } : someOperator;
};

export const evolveRejections = (
  { rejected, latestAt }: CouponRejections,
  event: CouponRequestRejected,
): CouponRejections => ({
  rejected: rejected.set(scopeOf(askerOf(event), event.requestId), event.at),
  latestAt: Math.max(latestAt, event.at),
});

/** The askers whose rejection answers a request of this asker too: one that nobody knows the asker of may be theirs. */
export const answering = (asker: Asker): ReadonlyArray<Asker> => {
  switch (asker.asks) {
    case 'ISSUE':
      return [asker, { asks: 'UNKNOWN' }];
    case 'OPERATION':
      return [asker, someOperator, { asks: 'UNKNOWN' }];
    case 'UNKNOWN':
      return [asker];
  }
};

export const isRejected = ({ rejected }: CouponRejections, asker: Asker, requestId: string): boolean =>
  !rejected.isEmpty() && answering(asker).some((each) => rejected.has(scopeOf(each, requestId)));

/** Whether anybody's request of this id was rejected. Looks at all of them: for the rare message that does not say whose it is. */
export const isRejectedForAnyone = ({ rejected }: CouponRejections, requestId: string): boolean =>
  rejected.keySeq().some((key) => key.endsWith(`/${requestId}`));
