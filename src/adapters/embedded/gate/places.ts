import { isOver } from '../../../domain/coupon/coupon.js';
import { type Admission, type GateChange, type GateState } from '../../../application/ports/admission-gate.js';

type Terms = Omit<GateState, 'couponId' | 'holders'>;

/** What one coupon's events say, as far as the gate needs it. Changed in place: nobody else sees it. */
export type Places = { -readonly [Term in keyof Terms]: Terms[Term] } & { readonly holders: Map<string, string> };

/** Whether the change followed on what was known; otherwise something in between was missed, and nothing is changed. */
export type Followed = 'Applied' | 'KnownBefore' | 'Gap';

export const follow = (places: Places, change: Exclude<GateChange, { change: 'Rejected' }>): Followed => {
  if (change.revision <= places.revision) return 'KnownBefore';
  if (change.revision > places.revision + 1) return 'Gap';
  places.revision = change.revision;
  if (change.change === 'Issued') places.holders.set(change.userId, change.requestId);
  else {
    places.quantity = change.quantity ?? places.quantity;
    places.status = change.status ?? places.status;
    places.sale = change.sale ?? places.sale;
    if (change.closesAt !== undefined) places.closesAt = change.closesAt;
    if (change.usableUntil !== undefined) places.usableUntil = change.usableUntil;
  }
  return 'Applied';
};

/** Why nobody gets in just now; null when it is a matter of places. */
export const closedTo = (terms: Terms, { at }: Admission) => {
  const { opensAt, status, sale } = terms;
  if (opensAt !== null && at < opensAt) return { answer: 'NotOpen', opensAt } as const;
  if (isOver(terms, at)) return { answer: 'Closed' } as const;
  if (sale === 'Waiting') return { answer: 'NotOpen', opensAt: null } as const;
  if (sale === 'Closed') return { answer: 'Closed' } as const;
  return status === 'Paused' ? ({ answer: 'Paused' } as const) : null;
};
