import { Set } from 'immutable';
import { type Instant } from '../time.js';
import { type CouponCreated, type CouponEvent } from './events.js';
import { Holders } from './holders.js';
import { type Asker, scopeOf } from './request-scope.js';

export interface UnknownCoupon {
  readonly status: 'Unknown';
}

export interface CreatedCoupon extends Omit<CouponCreated, 'type' | 'challenge' | 'at'> {
  readonly status: 'Issuing' | 'Paused';
  /** A coupon tied to an event waits for it to open, and is over with it. One tied to none is open. */
  readonly sale: 'Waiting' | 'Open' | 'Closed';
  readonly holders: Holders;
  /** Requests of operators already carried out, each by its scope: a repeated one changes nothing. */
  readonly operatorRequests: Set<string>;
}

export type Coupon = UnknownCoupon | CreatedCoupon;

export const unknownCoupon: UnknownCoupon = { status: 'Unknown' };

const created = ({ type: _, challenge: __, at: ___, ...terms }: CouponCreated): CreatedCoupon => ({
  ...terms,
  status: 'Issuing',
  sale: terms.eventId === null ? 'Open' : 'Waiting',
  holders: Holders.none(),
  operatorRequests: Set(),
});

/** Nobody is given a coupon that can no longer be used. */
export const isOver = (
  { closesAt, usableUntil = null }: Pick<CreatedCoupon, 'closesAt' | 'usableUntil'>,
  at: Instant,
): boolean => [closesAt, usableUntil].some((end) => end !== null && at >= end);

interface Operated {
  readonly actor: string;
  readonly requestId: string;
}

const operationScope = ({ actor, requestId }: Operated): string => scopeOf({ asks: 'OPERATION', actor }, requestId);

const carriedOut = (coupon: CreatedCoupon, operated: Operated): CreatedCoupon => ({
  ...coupon,
  operatorRequests: coupon.operatorRequests.add(operationScope(operated)),
});

/** Whether this operator's request of this id was carried out, whatever it asked. */
export const isCarriedOut = (coupon: CreatedCoupon, operated: Operated): boolean =>
  coupon.operatorRequests.has(operationScope(operated));

/** Whether this very request was granted. */
export const isHeldBy = (coupon: Coupon, userId: string, requestId: string): boolean =>
  coupon.status !== 'Unknown' && coupon.holders.get(userId) === requestId;

/** Whether the request was granted. Looks at all holders for the rare message that does not say whose it is. */
export const isGranted = (coupon: Coupon, asker: Asker, requestId: string): boolean => {
  if (coupon.status === 'Unknown') return false;
  switch (asker.asks) {
    case 'ISSUE':
      return isHeldBy(coupon, asker.userId, requestId);
    case 'OPERATION':
      return isCarriedOut(coupon, { actor: asker.actor, requestId });
    case 'UNKNOWN':
      return coupon.holders.includes(requestId);
  }
};

export const evolve = (coupon: Coupon, event: CouponEvent): Coupon => {
  if (event.type === 'CouponCreated') return created(event);
  if (coupon.status === 'Unknown') return coupon;
  switch (event.type) {
    case 'CouponIssued':
      return { ...coupon, holders: coupon.holders.set(event.userId, event.requestId) };
    case 'CouponPaused':
      return { ...carriedOut(coupon, event), status: 'Paused' };
    case 'CouponResumed':
      return { ...carriedOut(coupon, event), status: 'Issuing' };
    case 'CouponQuantityChanged':
      return { ...carriedOut(coupon, event), quantity: event.quantity };
    case 'CouponTermsChanged': {
      const { name = coupon.name, closesAt = coupon.closesAt, usableUntil } = event;
      return {
        ...carriedOut(coupon, event),
        name,
        closesAt,
        ...(usableUntil !== undefined && { usableUntil }),
      };
    }
    case 'CouponSaleOpened':
      return { ...coupon, sale: 'Open' };
    case 'CouponSaleClosed':
      return { ...coupon, sale: 'Closed' };
  }
};
