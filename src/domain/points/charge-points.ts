import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { MOST_POINTS } from '../money.js';
import { type PointsCharged, type PointsEvent } from './events.js';
import { type Points } from './points.js';

export type ChargePoints = CommandFrom<PointsCharged, 'ChargePoints'>;

/** A charge counts once, however often it is told; another amount under its id is refused. No sum ever loses a digit. */
export const chargePoints = (
  { type: _, ...charge }: ChargePoints,
  points: Points,
): Decided<PointsEvent, 'REQUEST_ID_REUSED' | 'POINTS_LIMIT_REACHED'> => {
  const before = points.charges.get(charge.chargeId);
  if (before !== undefined) return before === charge.amount ? E.right([]) : E.left('REQUEST_ID_REUSED');
  if (points.charged + charge.amount > MOST_POINTS) return E.left('POINTS_LIMIT_REACHED');
  return E.right([{ type: 'PointsCharged', ...charge }]);
};
