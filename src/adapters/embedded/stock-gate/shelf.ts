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
  const held = (): number => {
    let sum = 0;
    for (const quantity of holds.values()) sum += quantity;
    return sum;
  };
  // The sum over the holds, worked out anew whenever they changed: nothing that could drift.
  let known: number | null = null;
  const heldNow = (): number => (known ??= held());
  return {
    revision: () => revision,
    apply: (change) => {
      if (change.revision <= revision) return true;
      if (change.revision > revision + 1) return false;
      revision = change.revision;
      onHand += change.onHand;
      if (change.hold !== null) {
        if (change.hold.quantity === 0) holds.delete(change.hold.orderId);
        else holds.set(change.hold.orderId, change.hold.quantity);
        known = null;
      }
      return true;
    },
    holds: (orderId) => holds.has(orderId),
    inspect: (pending) => ({ revision, onHand, held: heldNow(), pending }),
    free: () => onHand - heldNow(),
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
  return {
    add: (orderId, one) => void pending.set(orderId, one),
    remove: (orderId) => void pending.delete(orderId),
    sum: (now, exceptOrder) => {
      let sum = 0;
      for (const [orderId, { quantity, until }] of pending)
        if (until <= now) pending.delete(orderId);
        else if (orderId !== exceptOrder) sum += quantity;
      return sum;
    },
  };
};
