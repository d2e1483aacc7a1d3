import { either as E } from 'fp-ts';
import { askedForAgain } from '../taking.js';
import { type Instant } from '../time.js';
import { type PointsEvent } from './events.js';
import { type Points } from './points.js';

export interface ReservePoints {
  readonly type: 'ReservePoints';
  readonly userId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly expiresAt: Instant;
  /** A payment came in after the order had run out: set them aside once more if they are still there. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
  readonly at: Instant;
}

export type ReservePointsRejection = 'INSUFFICIENT_POINTS' | 'POINTS_USE_ENDED' | 'POINTS_USE_DIFFERS';

export const reservePoints = (
  { type: _, again, ...use }: ReservePoints,
  points: Points,
): E.Either<ReservePointsRejection, ReadonlyArray<PointsEvent>> => {
  const known = points.uses.get(use.orderId);
  // Begun, broken off and begun again with another amount.
  if (known?.status === 'Reserved' && known.amount !== use.amount) return E.left('POINTS_USE_DIFFERS');
  if (known?.status === 'Reserved') {
    const { takenBy, ...shared } = use;
    const { expiresAt: _expiresAt, ...released } = shared;
    switch (askedForAgain(known.takenBy, takenBy)) {
      case 'Anew':
        return E.right([
          { type: 'PointsReleased', ...released },
          { type: 'PointsReserved', ...use },
        ]);
      case 'Shared':
        return E.right([{ type: 'PointsReservationShared', ...shared }]);
      case 'Same':
        return E.right([]);
    }
  }
  if (known?.status === 'Deducted') return E.right([]);
  if (known !== undefined && !(again && known.status === 'Released')) return E.left('POINTS_USE_ENDED');
  if (use.amount > points.balance - points.reserved) return E.left('INSUFFICIENT_POINTS');
  return E.right([{ type: 'PointsReserved', ...use }]);
};
