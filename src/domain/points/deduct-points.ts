import { either as E } from 'fp-ts';
import { type CommandFrom } from '../decider.js';
import { type PointsDeducted, type PointsEvent } from './events.js';
import { type Points } from './points.js';

export type DeductPoints = CommandFrom<Omit<PointsDeducted, 'amount'>, 'DeductPoints'>;

export type DeductPointsRejection = 'POINTS_NOT_RESERVED';

export const deductPoints = (
  { userId, orderId, at }: DeductPoints,
  points: Points,
): E.Either<DeductPointsRejection, ReadonlyArray<PointsEvent>> => {
  const use = points.uses.get(orderId);
  if (use?.status === 'Deducted') return E.right([]);
  if (use?.status !== 'Reserved') return E.left('POINTS_NOT_RESERVED');
  return E.right([{ type: 'PointsDeducted', userId, orderId, amount: use.amount, at }]);
};
