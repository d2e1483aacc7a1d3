import { type Admission, type GateChange, type GateState } from '../../../application/ports/admission-gate.js';

type Terms = Pick<GateState, 'revision' | 'quantity' | 'opensAt' | 'closesAt' | 'status' | 'sale'>;

/** What one coupon's events say, as far as the gate needs it. Changed in place: nobody else sees it. */
export interface Places extends Terms {
  readonly holders: Map<string, string>;
}

/** Whether the change followed on what was known; otherwise something in between was missed. */
export type Followed = 'Applied' | 'KnownBefore' | 'Gap';

/** The places after a change. */
export const follow = (
  places: Places,
  change: Exclude<GateChange, { change: 'Rejected' }>,
): { readonly followed: Followed; readonly places: Places } => {
  if (change.revision <= places.revision) return { followed: 'KnownBefore', places };
  if (change.revision > places.revision + 1) return { followed: 'Gap', places };
  if (change.change === 'Issued') places.holders.set(change.userId, change.requestId);
  const { quantity, status, sale } = change.change === 'Terms' ? { ...places, ...change } : places;
  return { followed: 'Applied', places: { ...places, revision: change.revision, quantity, status, sale } };
};

/** Why nobody gets in just now; null when it is a matter of places. */
export const closedTo = ({ opensAt, closesAt, status, sale }: Terms, { at }: Admission) => {
  if (opensAt !== null && at < opensAt) return { answer: 'NotOpen', opensAt } as const;
  if (closesAt !== null && at >= closesAt) return { answer: 'Closed' } as const;
  if (sale === 'Waiting') return { answer: 'NotOpen', opensAt: null } as const;
  if (sale === 'Closed') return { answer: 'Closed' } as const;
  return status === 'Paused' ? ({ answer: 'Paused' } as const) : null;
};
