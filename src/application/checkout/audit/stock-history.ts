import { type StockEvent } from '../../../domain/stock/events.js';
import { evolve } from '../../../domain/stock/evolve.js';
import { type Stock, unknownStock } from '../../../domain/stock/stock.js';
import { type HoldsAudited } from './audit-holds.js';

/** What is replayed of a product: its events, and in the end what became of the orders it has goods for. */
export type StockFact =
  | { readonly of: 'events'; readonly event: StockEvent; readonly revision: number }
  | { readonly of: 'holds'; readonly holds: HoldsAudited };

/** What the facts of a product come to. */
export interface StockHistory {
  readonly stock: Stock;
  readonly received: number;
  readonly deducted: number;
  readonly restored: number;
  /** Revisions after which more was held than there was. */
  readonly oversold: ReadonlyArray<number>;
  readonly holds: HoldsAudited;
}

export const emptyShelf: StockHistory = {
  stock: unknownStock,
  received: 0,
  deducted: 0,
  restored: 0,
  oversold: [],
  holds: { orphans: [], unfinished: [], broken: [], unpaid: [] },
};

const counts = (event: StockEvent): Pick<StockHistory, 'received' | 'deducted' | 'restored'> => ({
  received: event.type === 'ProductCreated' ? event.stock : event.type === 'StockReceived' ? event.quantity : 0,
  deducted: event.type === 'StockDeducted' ? event.quantity : 0,
  restored: event.type === 'StockRestored' ? event.quantity : 0,
});

export const evolveShelf = (before: StockHistory, fact: StockFact): StockHistory => {
  if (fact.of === 'holds') return { ...before, holds: fact.holds };
  const stock = evolve(before.stock, fact.event);
  const { received, deducted, restored } = counts(fact.event);
  const isOversold = stock.status === 'Known' && (stock.held > stock.onHand || stock.held < 0);
  return {
    ...before,
    stock,
    received: before.received + received,
    deducted: before.deducted + deducted,
    restored: before.restored + restored,
    oversold: isOversold ? [...before.oversold, fact.revision] : before.oversold,
  };
};
