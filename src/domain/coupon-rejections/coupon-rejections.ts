import { Map } from 'immutable';
import { type Asker, scopeOf } from '../coupon/request-scope.js';
import { type Instant } from '../time.js';
import { type CouponRejectionEvent, type CouponRejectionWithdrawn, type CouponRequestRejected } from './events.js';

/**
 * The rejected requests of one coupon, by scope, with the time. A rejection stays final, whatever happens to the coupon later. A
 * request that was abandoned is rejected only as far as it was made before that time: it may be made again.
 */
export interface CouponRejections {
  readonly rejected: Map<string, Instant>;
  /** When the latest of them was; 0 when there are none. */
  readonly latestAt: Instant;
}

export const noRejections: CouponRejections = { rejected: Map(), latestAt: 0 };

/** Older events do not say which operator asked. */
const someOperator: Asker = { asks: 'OPERATION', actor: '' };

export const askerOf = ({ userId, actor, code }: Pick<CouponRequestRejected, 'userId' | 'actor' | 'code'>): Asker => {
  if (userId !== null) return { asks: 'ISSUE', userId };
  if (actor !== undefined) return { asks: 'OPERATION', actor };
  return code === 'UNPROCESSABLE' ? { asks: 'UNKNOWN' } : someOperator;
};

const abandonedScopeOf = (asker: Asker, requestId: string): string => `abandoned@${scopeOf(asker, requestId)}`;

const unprocessableScopeOf = (asker: Asker, requestId: string): string => `unprocessable@${scopeOf(asker, requestId)}`;

/** Whose answer was withdrawn: only what could not be processed is. */
export const askerOfWithdrawn = ({ userId, actor }: CouponRejectionWithdrawn): Asker =>
  askerOf({ userId, code: 'UNPROCESSABLE', ...(actor !== undefined && { actor }) });

export const evolveRejections = (
  { rejected, latestAt }: CouponRejections,
  event: CouponRejectionEvent,
): CouponRejections => {
  const { requestId, at } = event;
  if (event.type === 'CouponRejectionWithdrawn') {
    const asker = askerOfWithdrawn(event);
    return {
      rejected: rejected.deleteAll([scopeOf(asker, requestId), unprocessableScopeOf(asker, requestId)]),
      latestAt,
    };
  }
  const asker = askerOf(event);
  const scope = event.code === 'ABANDONED' ? abandonedScopeOf : scopeOf;
  const known = rejected.set(scope(asker, requestId), at);
  return {
    rejected: event.code === 'UNPROCESSABLE' ? known.set(unprocessableScopeOf(asker, requestId), at) : known,
    latestAt: Math.max(latestAt, at),
  };
};

/** The askers whose rejections also answer a request of this asker: a rejection whose asker is unknown may be for this asker. */
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

/** Whose rejection says of this request that it could not be processed; null where none does. */
export const unprocessableBy = ({ rejected }: CouponRejections, asker: Asker, requestId: string): Asker | null =>
  answering(asker).find((each) => rejected.has(unprocessableScopeOf(each, requestId))) ?? null;

/** When the request was made that was given up because it had not arrived; null for none. */
export const abandonedAt = ({ rejected }: CouponRejections, asker: Asker, requestId: string): Instant | null =>
  rejected.get(abandonedScopeOf(asker, requestId)) ?? null;

/** Whether anybody's request of this id was rejected. Looks at all of them: for the rare message that does not say whose it is. */
export const isRejectedForAnyone = ({ rejected }: CouponRejections, requestId: string): boolean =>
  rejected.keySeq().some((key) => key.endsWith(`/${requestId}`));
