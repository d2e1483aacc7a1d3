import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { isTakenAnew, mayTakeAgain } from '../taking.js';
import { type PointsEvent, type PointsReserved } from './events.js';
import { evolve, type Points } from './points.js';

export type ReservePoints = CommandFrom<PointsReserved, 'ReservePoints'>;

/** What is still set aside for an earlier attempt, or when a late payment comes, is set free and taken anew. */
export const reservePoints = (
  command: ReservePoints,
  points: Points,
): Decided<PointsEvent, 'INSUFFICIENT_POINTS' | 'POINTS_USE_ENDED' | 'POINTS_USE_DIFFERS'> => {
  const { type: _, ...use } = command;
  const { userId, orderId, amount, takenBy, at } = use;
  const known = points.uses.get(orderId);
  if (known?.status === 'Reserved' && isTakenAnew(known.takenBy, takenBy)) {
    const back: PointsEvent = { type: 'PointsReleased', userId, orderId, amount: known.amount, at };
    return E.map((taken: ReadonlyArray<PointsEvent>) => [back, ...taken])(reservePoints(command, evolve(points, back)));
  }
  // Begun, broken off and begun again with another amount.
  if (known?.status === 'Reserved' && known.amount !== amount) return E.left('POINTS_USE_DIFFERS');
  if (known?.status === 'Reserved' || known?.status === 'Deducted') return E.right([]);
  if (known?.status === 'Refunded') return E.left('POINTS_USE_ENDED');
  if (known !== undefined && !mayTakeAgain(known.takenBy, takenBy)) return E.left('POINTS_USE_ENDED');
  if (amount > points.balance - points.reserved) return E.left('INSUFFICIENT_POINTS');
  return E.right([{ type: 'PointsReserved', ...use }]);
};
