import { Map } from 'immutable';
import { type PointsEvent } from './events.js';

export interface PointsUse {
  readonly status: 'Reserved' | 'Released' | 'Deducted' | 'Refunded';
  readonly amount: number;
  /** For which attempt to place the order, or for which late payment, also after they were given back; null where that is not known. */
  readonly takenBy: string | null;
}

/** A user's points. Everyone has an account, with nothing in it to begin with. */
export interface Points {
  /** What is theirs: charged − deducted + refunded. */
  readonly balance: number;
  /** Of the balance, set aside for unpaid orders. */
  readonly reserved: number;
  readonly uses: Map<string, PointsUse>;
  /** By charge id, how much it was. */
  readonly charges: Map<string, number>;
  /** Everything ever charged: no balance is above it, whatever is used and given back. */
  readonly charged: number;
}

export const noPoints: Points = { balance: 0, reserved: 0, uses: Map(), charges: Map(), charged: 0 };

export const evolve = (points: Points, event: PointsEvent): Points => {
  if (event.type === 'PointsUseEnded') {
    const { orderId, takenBy } = event;
    const ended = { status: 'Released', amount: 0, ...points.uses.get(orderId), takenBy } as const;
    return { ...points, uses: points.uses.set(orderId, ended) };
  }
  const { amount } = event;
  if (event.type === 'PointsCharged')
    return {
      ...points,
      balance: points.balance + amount,
      charges: points.charges.set(event.chargeId, amount),
      charged: points.charged + amount,
    };
  const before = points.uses.get(event.orderId)?.takenBy ?? null;
  const uses = (status: PointsUse['status'], takenBy = before) =>
    points.uses.set(event.orderId, { status, amount, takenBy });
  switch (event.type) {
    case 'PointsReserved':
      return { ...points, reserved: points.reserved + amount, uses: uses('Reserved', event.takenBy ?? null) };
    case 'PointsReservationShared':
      return { ...points, uses: uses('Reserved', null) };
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
