import { Map, Set } from 'immutable';
import { type PointsEvent } from './events.js';

export interface PointsUse {
  readonly status: 'Reserved' | 'Released' | 'Deducted' | 'Refunded';
  readonly amount: number;
}

/** A user's points. Everyone has an account, with nothing in it to begin with. */
export interface Points {
  /** What is theirs: charged − deducted + refunded. */
  readonly balance: number;
  /** Of the balance, set aside for unpaid orders. */
  readonly reserved: number;
  readonly uses: Map<string, PointsUse>;
  readonly charges: Set<string>;
}

export const noPoints: Points = { balance: 0, reserved: 0, uses: Map(), charges: Set() };

export const evolve = (points: Points, event: PointsEvent): Points => {
  const { amount } = event;
  if (event.type === 'PointsCharged')
    return { ...points, balance: points.balance + amount, charges: points.charges.add(event.chargeId) };
  const uses = (status: PointsUse['status']) => points.uses.set(event.orderId, { status, amount });
  switch (event.type) {
    case 'PointsReserved':
      return { ...points, reserved: points.reserved + amount, uses: uses('Reserved') };
    case 'PointsReleased':
      return { ...points, reserved: points.reserved - amount, uses: uses('Released') };
    case 'PointsDeducted':
      return {
        ...points,
        balance: points.balance - amount,
        reserved: points.reserved - amount,
        uses: uses('Deducted'),
      };
    case 'PointsRefunded':
      return { ...points, balance: points.balance + amount, uses: uses('Refunded') };
  }
};
