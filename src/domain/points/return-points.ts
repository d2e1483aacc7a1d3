import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { isGivenBackWith, latePaymentOf, type Over, toEnd } from '../taking.js';
import { type PointsEvent, type PointsReleased } from './events.js';
import { evolve, type Points } from './points.js';

export type ReturnPoints = CommandFrom<Omit<PointsReleased, 'amount'>, 'ReturnPoints'> & Over;

const givenBack = (
  { userId, orderId, takenBy, latePayments = Infinity, at }: ReturnPoints,
  points: Points,
): ReadonlyArray<PointsEvent> => {
  const use = points.uses.get(orderId);
  if (latePaymentOf(use?.takenBy) > latePayments) return [];
  if (takenBy !== undefined && (use?.status !== 'Reserved' || !isGivenBackWith(takenBy, use.takenBy))) return [];
  if (use?.status === 'Reserved') return [{ type: 'PointsReleased', userId, orderId, amount: use.amount, at }];
  if (use?.status === 'Deducted') return [{ type: 'PointsRefunded', userId, orderId, amount: use.amount, at }];
  return [];
};

/** The order is off: what was set aside is free again, what was deducted comes back. Once, and nothing is set aside for it late. */
export const returnPoints = (command: ReturnPoints, points: Points): Decided<PointsEvent> => {
  const { userId, orderId, at } = command;
  const back = givenBack(command, points);
  const use = back.reduce(evolve, points).uses.get(orderId);
  const isInUse = use?.status === 'Reserved' || use?.status === 'Deducted';
  const takenBy = isInUse ? null : toEnd(command, use?.takenBy ?? null);
  return E.right(takenBy === null ? back : [...back, { type: 'PointsUseEnded', userId, orderId, takenBy, at }]);
};
