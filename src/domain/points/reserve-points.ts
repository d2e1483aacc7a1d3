import { either as E } from 'fp-ts';
import { latePaymentOf } from '../taking.js';
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
    const latePayment = latePaymentOf(known.takenBy);
    // Whoever gives back what the expired order had does not mean what its late payment relies on.
    if (latePaymentOf(takenBy) > latePayment) {
      const { userId, orderId, amount, at } = use;
      return E.right([
        { type: 'PointsReleased', userId, orderId, amount, at },
        { type: 'PointsReserved', ...use },
      ]);
    }
    const isShared = takenBy === undefined || known.takenBy === null || known.takenBy === takenBy || latePayment > 0;
    return E.right(isShared ? [] : [{ type: 'PointsReservationShared', ...shared }]);
  }
  if (known?.status === 'Deducted') return E.right([]);
  if (known !== undefined && !(again && known.status === 'Released')) return E.left('POINTS_USE_ENDED');
  if (use.amount > points.balance - points.reserved) return E.left('INSUFFICIENT_POINTS');
  return E.right([{ type: 'PointsReserved', ...use }]);
};
