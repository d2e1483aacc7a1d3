import { type CouponEvent } from '../../domain/coupon/events.js';
import { type GateChange } from '../ports/admission-gate.js';
import { type Revision } from '../ports/event-store.js';

/** Every event of the coupon's stream is a change, so that a revision left out is a gap. */
export const toGateChange = (event: CouponEvent, revision: Revision): GateChange => {
  const { couponId } = event;
  switch (event.type) {
    case 'CouponCreated':
      return { change: 'Terms', couponId, revision, quantity: event.quantity };
    case 'CouponIssued':
      return { change: 'Issued', couponId, revision, userId: event.userId, requestId: event.requestId };
    case 'CouponPaused':
      return { change: 'Terms', couponId, revision, status: 'Paused' };
    case 'CouponResumed':
      return { change: 'Terms', couponId, revision, status: 'Issuing' };
    case 'CouponQuantityChanged':
      return { change: 'Terms', couponId, revision, quantity: event.quantity };
    case 'CouponTermsChanged':
      return {
        change: 'Terms',
        couponId,
        revision,
        ...(event.closesAt !== undefined && { closesAt: event.closesAt }),
      };
    case 'CouponSaleOpened':
      return { change: 'Terms', couponId, revision, sale: 'Open' };
    case 'CouponSaleClosed':
      return { change: 'Terms', couponId, revision, sale: 'Closed' };
  }
};
