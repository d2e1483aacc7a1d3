import { either as E } from 'fp-ts';
import { type CommandFrom } from '../command-from.js';
import { isGivenBackWith, latePaymentOf } from '../taking.js';
import { type PointsEvent, type PointsReleased } from './events.js';
import { type Points } from './points.js';

export interface ReturnPoints extends CommandFrom<Omit<PointsReleased, 'amount'>, 'ReturnPoints'> {
  /** An attempt that failed gives back what it took, and what earlier ones took. Absent: the order is off. */
  readonly takenBy?: string;
  /** Points that a late payment with a higher number set aside are not given back. Absent: all points of the order are. */
  readonly latePayments?: number;
}

/** The order is off: what was set aside is free again, what was deducted comes back. Once. */
export const returnPoints = (
  { userId, orderId, takenBy, latePayments = Infinity, at }: ReturnPoints,
  points: Points,
): E.Either<never, ReadonlyArray<PointsEvent>> => {
  const use = points.uses.get(orderId);
  if (latePaymentOf(use?.takenBy) > latePayments) return E.right([]);
  if (takenBy !== undefined && (use?.status !== 'Reserved' || !isGivenBackWith(takenBy, use.takenBy)))
    return E.right([]);
  if (use?.status === 'Reserved') return E.right([{ type: 'PointsReleased', userId, orderId, amount: use.amount, at }]);
  if (use?.status === 'Deducted') return E.right([{ type: 'PointsRefunded', userId, orderId, amount: use.amount, at }]);
  return E.right([]);
};
