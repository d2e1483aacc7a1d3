import { type option as O, type taskEither as TE } from 'fp-ts';

/** What one order wants of one product. */
export interface StockLine {
  readonly productId: string;
  readonly quantity: number;
}

/** All an order wants. Repeating it with the same `orderId` changes nothing. */
export interface StockClaim {
  readonly orderId: string;
  readonly lines: ReadonlyArray<StockLine>;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Not decided by then, it counts no more: a place at the gate is never held longer than this, epoch milliseconds. */
  readonly until: number;
}

export type StockAdmitted =
  | { readonly answer: 'Admitted' }
  /** Nothing was taken; these are the products of which there is not enough, and how much there is. */
  | {
      readonly answer: 'Insufficient';
      readonly short: ReadonlyArray<{ readonly productId: string; readonly available: number }>;
    }
  | { readonly answer: 'ProductNotFound'; readonly productId: string };

/** What the gate needs to know of a product: a fold of its events up to `revision`. */
export interface StockGateState {
  readonly productId: string;
  readonly revision: number;
  readonly onHand: number;
  /** What is held, and by which orders. */
  readonly holds: Iterable<readonly [orderId: string, quantity: number]>;
}

/** How much an order holds from here on. */
export interface HeldByOrder {
  readonly orderId: string;
  readonly quantity: number;
}

/** What happened to a product since its gate was loaded, in order of revision. */
export type StockChange =
  | {
      readonly change: 'Stock';
      readonly productId: string;
      readonly revision: number;
      readonly onHand: number;
      /** Of each order whose hold it changed, in bulk perhaps of very many. */
      readonly holds: ReadonlyArray<HeldByOrder>;
    }
  /** From the stream of rejections, so without a revision: what was reserved here is free again. */
  | { readonly change: 'Rejected'; readonly productId: string; readonly orderId: string };

/**
 * Rejects, in one atomic step over all lines and before anything is queued, an order that cannot be served.
 * Advisory: after a failure it may let too many through; the product's writer has the last word. What is available is
 * always on hand − held by others − reserved here and not yet decided; a change costs the same however many orders hold
 * something. The order's own hold never stands in its way.
 */
export interface StockGate {
  /** All lines or none; two lines of one product count together. */
  readonly reserve: (claim: StockClaim) => TE.TaskEither<'GateUnavailable', StockAdmitted>;
  /** What the order reserved here and nobody will decide. Never touches another order's, nor a hold. */
  readonly release: (claim: Pick<StockClaim, 'orderId' | 'lines'>) => TE.TaskEither<'GateUnavailable', void>;
  /** Events since. A change at or below the known revision is skipped; a gap drops the product, to be loaded again. */
  readonly apply: (changes: ReadonlyArray<StockChange>) => TE.TaskEither<'GateUnavailable', void>;
  /** What the gate holds of a product; none when it is not loaded. */
  readonly inspect: (productId: string) => TE.TaskEither<'GateUnavailable', O.Option<StockGateInspection>>;
  /** Forgets a product; it is loaded from events when next asked for. */
  readonly drop: (productId: string) => TE.TaskEither<'GateUnavailable', void>;
}

export interface StockGateInspection {
  readonly revision: number;
  readonly onHand: number;
  readonly held: number;
  /** Reserved here and not yet decided. */
  readonly pending: number;
}

/** How a gate learns of a product it does not know. None: there is no such product. */
export type LoadStockGateState = (
  productId: string,
) => TE.TaskEither<'EventStoreUnavailable', O.Option<StockGateState>>;
