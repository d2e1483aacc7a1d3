import {
  type StockChange,
  type StockGateInspection,
  type StockGateState,
} from '../../../application/ports/stock-gate.js';

interface Pending {
  readonly quantity: number;
  readonly until: number;
}

/** One product as its events say. Changed in place: nobody else sees it. */
export interface Shelf {
  readonly revision: () => number;
  /** False after a gap: something in between was missed. */
  readonly apply: (change: Extract<StockChange, { change: 'Stock' }>) => boolean;
  readonly holds: (orderId: string) => boolean;
  readonly inspect: (pending: number) => StockGateInspection;
  readonly free: () => number;
}

export const shelfOf = (state: StockGateState): Shelf => {
  const holds = new Map(state.holds);
  let { revision, onHand } = state;
  let held = 0;
  for (const quantity of holds.values()) held += quantity;
  return {
    revision: () => revision,
    apply: (change) => {
      if (change.revision <= revision) return true;
      if (change.revision > revision + 1) return false;
      revision = change.revision;
      onHand += change.onHand;
      for (const { orderId, quantity } of change.holds) {
        held += quantity - (holds.get(orderId) ?? 0);
        if (quantity === 0) holds.delete(orderId);
        else holds.set(orderId, quantity);
      }
      return true;
    },
    holds: (orderId) => holds.has(orderId),
    inspect: (pending) => ({ revision, onHand, held, pending }),
    free: () => onHand - held,
  };
};

/** What orders reserved of one product at the gate, until it is decided or its time is over. */
export interface Reserved {
  readonly add: (orderId: string, pending: Pending) => void;
  readonly remove: (orderId: string) => void;
  /** By others than this order. */
  readonly sum: (now: number, exceptOrder?: string) => number;
}

export const reserved = (): Reserved => {
  const pending = new Map<string, Pending>();
  let sum = 0;
  /** Nothing runs out before this. */
  let soonest = Infinity;
  const remove = (orderId: string): void => {
    sum -= pending.get(orderId)?.quantity ?? 0;
    pending.delete(orderId);
  };
  const forgetOver = (now: number): void => {
    if (now < soonest) return;
    soonest = Infinity;
    for (const [orderId, { until }] of pending)
      if (until <= now) remove(orderId);
      else soonest = Math.min(soonest, until);
  };
  return {
    add: (orderId, one) => {
      remove(orderId);
      pending.set(orderId, one);
      sum += one.quantity;
      soonest = Math.min(soonest, one.until);
    },
    remove,
    sum: (now, exceptOrder) => {
      forgetOver(now);
      return sum - (exceptOrder === undefined ? 0 : (pending.get(exceptOrder)?.quantity ?? 0));
    },
  };
};
