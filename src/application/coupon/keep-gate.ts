import { type CouponRequestRejected } from '../../domain/coupon-rejections/events.js';
import { orThrow } from '../kernel/or-throw.js';
import { type Process } from '../kernel/process/process.js';
import { type AdmissionGate, type GateChange } from '../ports/admission-gate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS, isCouponEvent } from './coupon-aggregate.js';
import { isCouponRequestRejected } from './coupon-rejections-aggregate.js';
import { type CouponEvent } from '../../domain/coupon/events.js';
import { type Revision } from '../ports/event-store.js';

/** Every event of the coupon's stream is a change, so that a revision left out is a gap. */
const toGateChange = (event: CouponEvent, revision: Revision): GateChange => {
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
    case 'CouponTermsChanged': {
      const { closesAt, usableUntil } = event;
      return {
        ...{ change: 'Terms', couponId, revision },
        ...(closesAt !== undefined && { closesAt }),
        ...(usableUntil !== undefined && { usableUntil }),
      };
    }
    case 'CouponSaleOpened':
      return { change: 'Terms', couponId, revision, sale: 'Open' };
    case 'CouponSaleClosed':
      return { change: 'Terms', couponId, revision, sale: 'Closed' };
  }
};

/** A rejection that does not say whose request it was: the gate knows, if just one such request is pending there. */
const rejected = async (
  gate: AdmissionGate,
  { couponId, userId, requestId }: CouponRequestRejected,
): Promise<ReadonlyArray<GateChange>> => {
  if (userId !== null) return [{ change: 'Rejected', couponId, userId, requestId }];
  const [asked, ...others] = orThrow(await gate.pending(requestId)()).filter((each) => each.couponId === couponId);
  return asked === undefined || others.length > 0
    ? []
    : [{ change: 'Rejected', couponId, userId: asked.userId, requestId }];
};

/**
 * Keeps a gate current from now on; what it does not know yet it loads from events by itself, when asked. To be started
 * before requests are let in. While the gate is away the changes wait.
 */
export const keepGate = (gate: AdmissionGate): Process<GateChange | CouponRequestRejected> => ({
  name: 'coupon-gate',
  streamPrefixes: [COUPON_STREAMS, COUPON_REJECTION_STREAMS],
  checkpoint: null,
  look: ({ event, revision }) => {
    if (isCouponEvent(event)) return toGateChange(event, revision);
    return isCouponRequestRejected(event) ? event : null;
  },
  act: async (items) => {
    const changes: GateChange[] = [];
    for (const { work } of items) {
      if ('change' in work) changes.push(work);
      else changes.push(...(await rejected(gate, work)));
    }
    if (changes.length > 0) orThrow(await gate.apply(changes)());
  },
});
