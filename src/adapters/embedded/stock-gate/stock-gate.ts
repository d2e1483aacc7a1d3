import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type Clock } from '../../../application/ports/clock.js';
import {
  type LoadStockGateState,
  type StockChange,
  type StockClaim,
  type StockGate,
  type StockLine,
} from '../../../application/ports/stock-gate.js';
import { reserved, type Reserved, type Shelf, shelfOf } from './shelf.js';

/** How much of each product in all, in the order in which they are first named. */
const perProduct = (lines: ReadonlyArray<StockLine>): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of lines) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  return wanted;
};

export interface EmbeddedStockGateOptions {
  readonly load: LoadStockGateState;
  readonly clock: Clock;
  /** Products kept in memory. Default 10,000. */
  readonly mostProducts?: number;
}

type Loading = { readonly missed: StockChange[]; readonly result: Promise<E.Either<'GateUnavailable', Shelf | null>> };
const unit = TE.right<'GateUnavailable', void>(undefined);

/**
 * The gate of one process, in its memory. Between two awaits nothing else runs, so asking and reserving is one step.
 * Nothing of it survives the process: products come back from their events.
 */
export const embeddedStockGate = ({ load, clock, mostProducts = 10_000 }: EmbeddedStockGateOptions): StockGate => {
  const shelves = recentlyUsed<string, Shelf>(mostProducts);
  const waiting = new Map<string, Reserved>();
  const loading = new Map<string, Loading>();

  const start = async (productId: string, missed: ReadonlyArray<StockChange>) => {
    try {
      const found = await load(productId)();
      if (E.isLeft(found)) return E.left('GateUnavailable' as const);
      if (O.isNone(found.right)) return E.right(null);
      const shelf = shelfOf(found.right.value);
      for (const change of missed)
        if (change.change === 'Stock' && !shelf.apply(change)) return E.left('GateUnavailable' as const);
      shelves.set(productId, shelf);
      return E.right(shelf);
    } catch {
      // Its history cannot be read now: the product's writer decides alone, and whoever asks next tries again.
      return E.left('GateUnavailable' as const);
    } finally {
      loading.delete(productId);
    }
  };
  const loaded = (productId: string): Loading['result'] => {
    const running = loading.get(productId);
    if (running !== undefined) return running.result;
    const missed: StockChange[] = [];
    const result = Promise.resolve().then(() => start(productId, missed));
    loading.set(productId, { missed, result });
    return result;
  };
  const pendingOf = (productId: string): Reserved => {
    const known = waiting.get(productId) ?? reserved();
    waiting.set(productId, known);
    return known;
  };

  const admit = ({ orderId, lines, until }: StockClaim): ReturnType<StockGate['reserve']> =>
    TE.right(
      (() => {
        const wanted = [...perProduct(lines)].filter(([productId]) => shelves.get(productId)?.holds(orderId) !== true);
        const short = wanted.flatMap(([productId, quantity]) => {
          const available = (shelves.get(productId)?.free() ?? 0) - pendingOf(productId).sum(clock.now(), orderId);
          return quantity > available ? [{ productId, available: Math.max(0, available) }] : [];
        });
        if (short.length > 0) return { answer: 'Insufficient', short } as const;
        for (const [productId, quantity] of wanted) pendingOf(productId).add(orderId, { quantity, until });
        return { answer: 'Admitted' } as const;
      })(),
    );

  const apply = (change: StockChange): void => {
    const { productId } = change;
    const running = loading.get(productId);
    if (running !== undefined) running.missed.push(change);
    if (change.change === 'Rejected') return void waiting.get(productId)?.remove(change.orderId);
    for (const { orderId } of change.holds) waiting.get(productId)?.remove(orderId);
    if (running === undefined && shelves.get(productId)?.apply(change) === false) shelves.delete(productId);
  };

  return {
    reserve: (claim) => async () => {
      // Until all are in memory at once: loading one may have pushed out another.
      for (;;) {
        const missing = claim.lines.find(({ productId }) => !shelves.has(productId));
        if (missing === undefined) return admit(claim)();
        const found = await loaded(missing.productId);
        if (E.isLeft(found)) return found;
        if (found.right === null) return E.right({ answer: 'ProductNotFound', productId: missing.productId });
      }
    },
    release: ({ orderId, lines }) => {
      for (const { productId } of lines) waiting.get(productId)?.remove(orderId);
      return unit;
    },
    apply: (changes) => {
      changes.forEach(apply);
      return unit;
    },
    inspect: (productId) =>
      TE.right(
        O.map((shelf: Shelf) => shelf.inspect(pendingOf(productId).sum(clock.now())))(
          O.fromNullable(shelves.get(productId)),
        ),
      ),
    drop: (productId) => {
      shelves.delete(productId);
      return unit;
    },
  };
};
