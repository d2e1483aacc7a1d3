import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type PointsEvent } from './events.js';
import { type Points } from './points.js';

export interface ChargePoints {
  readonly type: 'ChargePoints';
  readonly userId: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly at: Instant;
}

/** A charge counts once, however often it is told. */
export const chargePoints = (
  { type: _, ...charge }: ChargePoints,
  points: Points,
): E.Either<never, ReadonlyArray<PointsEvent>> =>
  E.right(points.charges.has(charge.chargeId) ? [] : [{ type: 'PointsCharged', ...charge }]);
