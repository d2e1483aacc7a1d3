import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PointsDeducted, type PointsEvent } from './events.js';
import { type Points } from './points.js';

export type DeductPoints = CommandFrom<Omit<PointsDeducted, 'amount'>, 'DeductPoints'>;

export const deductPoints = (
  { userId, orderId, at }: DeductPoints,
  points: Points,
): Decided<PointsEvent, 'POINTS_NOT_RESERVED'> => {
  const use = points.uses.get(orderId);
  if (use?.status === 'Deducted') return E.right([]);
  if (use?.status !== 'Reserved') return E.left('POINTS_NOT_RESERVED');
  return E.right([{ type: 'PointsDeducted', userId, orderId, amount: use.amount, at }]);
};
