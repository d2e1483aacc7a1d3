import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { MOST_POINTS } from '../money.js';
import { isGivenBackWith, isTakenAnew, latePaymentOf, mayTakeAgain, type Over, toEnd } from '../taking.js';
import {
  type PointsCharged,
  type PointsDeducted,
  type PointsEvent,
  type PointsReleased,
  type PointsReserved,
} from './events.js';
import { evolve, noPoints, type Points } from './points.js';

export type ChargePoints = CommandFrom<PointsCharged, 'ChargePoints'>;

export interface ReservePoints extends CommandFrom<PointsReserved, 'ReservePoints'> {
  /** A payment came in after the order had run out: set them aside once more if they are still there. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
}

type DeductPoints = CommandFrom<Omit<PointsDeducted, 'amount'>, 'DeductPoints'>;

type ReturnPoints = CommandFrom<Omit<PointsReleased, 'amount'>, 'ReturnPoints'> & Over;

export type PointsCommand = ChargePoints | ReservePoints | DeductPoints | ReturnPoints;

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

/** What is still set aside for an earlier attempt, or when a late payment comes, is set free and taken anew. */
const reservePoints = (
  command: ReservePoints,
  points: Points,
): Decided<PointsEvent, 'INSUFFICIENT_POINTS' | 'POINTS_USE_ENDED' | 'POINTS_USE_DIFFERS'> => {
  const { type: _, again, ...use } = command;
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
  if (known !== undefined && !mayTakeAgain(known.takenBy, takenBy, again)) return E.left('POINTS_USE_ENDED');
  if (amount > points.balance - points.reserved) return E.left('INSUFFICIENT_POINTS');
  return E.right([{ type: 'PointsReserved', ...use }]);
};

const deductPoints = (
  { userId, orderId, at }: DeductPoints,
  points: Points,
): Decided<PointsEvent, 'POINTS_NOT_RESERVED'> => {
  const use = points.uses.get(orderId);
  if (use?.status === 'Deducted') return E.right([]);
  if (use?.status !== 'Reserved') return E.left('POINTS_NOT_RESERVED');
  return E.right([{ type: 'PointsDeducted', userId, orderId, amount: use.amount, at }]);
};

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
const returnPoints = (command: ReturnPoints, points: Points): Decided<PointsEvent> => {
  const { userId, orderId, at } = command;
  const back = givenBack(command, points);
  const use = back.reduce(evolve, points).uses.get(orderId);
  const isInUse = use?.status === 'Reserved' || use?.status === 'Deducted';
  const takenBy = isInUse ? null : toEnd(command, use?.takenBy ?? null);
  return E.right(takenBy === null ? back : [...back, { type: 'PointsUseEnded', userId, orderId, takenBy, at }]);
};

export const pointsDecider = {
  initial: noPoints,
  evolve,
  decide: (command: PointsCommand, points: Points) => {
    switch (command.type) {
      case 'ChargePoints':
        return chargePoints(command, points);
      case 'ReservePoints':
        return reservePoints(command, points);
      case 'DeductPoints':
        return deductPoints(command, points);
      case 'ReturnPoints':
        return returnPoints(command, points);
    }
  },
} satisfies Decider<Points, PointsCommand, PointsEvent, string>;
