import { either as E, type taskEither as TE } from 'fp-ts';
import { type StockEvent } from '../../../domain/stock/events.js';
import { limitPassedBy } from '../../../domain/stock/purchase-limits.js';
import { buyerOf, evolve, type Stock, unknownStock } from '../../../domain/stock/stock.js';
import { type Check } from '../../kernel/audit/check.js';
import { type LoadAggregatePorts } from '../../kernel/writer/load-aggregate.js';
import { isStockEvent, stockStream } from '../stock/stock-aggregate.js';
import { auditHolds } from './audit-holds.js';

export interface StockVerified {
  readonly verdict: 'PASS' | 'FAIL';
  readonly productId: string;
  readonly received: number;
  readonly deducted: number;
  readonly restored: number;
  readonly onHand: number;
  readonly held: number;
  readonly checks: ReadonlyArray<Check>;
}

export type VerifyOrderStock = (
  productId: string,
  onProgress?: (done: number) => void,
) => TE.TaskEither<{ readonly code: 'PRODUCT_NOT_FOUND' | 'UNAVAILABLE' }, StockVerified>;

const PAGE = 1_000;
const few = (ids: ReadonlyArray<string>): string => ids.slice(0, 5).join(', ');

/** The order for which goods were taken beyond the product's limits of that moment, if this event did so. */
const orderPastLimit = (stock: Stock, event: StockEvent): string | null => {
  if (stock.status === 'Unknown' || event.type !== 'StockReserved' || event.userId === undefined) return null;
  const { orderId, userId, quantity, takenBy, at } = event;
  const isRenewed = stock.claims.has(orderId) && takenBy === undefined;
  const passed = limitPassedBy(stock.limits, buyerOf(stock, userId), { quantity, isRenewed, at });
  return passed === null ? null : orderId;
};

/**
 * Replays what happened to a product: on hand = received − deducted + restored, never more held than there is, no hold
 * without a live order, nothing deducted for an order that is not paid, nobody with more than they may have. May be asked in the middle of a sale; an order
 * that is being placed or is just ending counts as live for a minute.
 */
export const verifyOrderStock =
  (ports: LoadAggregatePorts, now: () => number): VerifyOrderStock =>
  (productId, onProgress = () => undefined) =>
  async () => {
    let stock: Stock = unknownStock;
    const sums = { received: 0, deducted: 0, restored: 0 };
    const oversold: number[] = [];
    const pastLimits: string[] = [];
    for (let from = 0; ;) {
      const page = await ports.eventStore.readStream(stockStream(productId), from, PAGE)();
      if (E.isLeft(page)) return E.left({ code: 'UNAVAILABLE' });
      for (const { event, revision } of page.right) {
        if (!isStockEvent(event)) continue;
        const past = orderPastLimit(stock, event);
        if (past !== null) pastLimits.push(past);
        stock = evolve(stock, event);
        if (event.type === 'ProductCreated') sums.received += event.stock;
        if (event.type === 'StockReceived') sums.received += event.quantity;
        if (event.type === 'StockDeducted') sums.deducted += event.quantity;
        if (event.type === 'StockRestored') sums.restored += event.quantity;
        if (stock.status === 'Known' && (stock.held > stock.onHand || stock.held < 0)) oversold.push(revision);
      }
      const last = page.right.at(-1);
      onProgress((last?.revision ?? from - 1) + 1);
      if (last === undefined || page.right.length < PAGE) break;
      from = last.revision + 1;
    }
    if (stock.status === 'Unknown') return E.left({ code: 'PRODUCT_NOT_FOUND' });

    const audited = await auditHolds(ports.eventStore)(stock, now())();
    if (E.isLeft(audited)) return E.left({ code: 'UNAVAILABLE' });
    const { orphans, broken, unpaid } = audited.right;
    const { onHand, held } = stock;
    const { received, deducted, restored } = sums;
    const none = (name: string, wrong: ReadonlyArray<string>): Check => ({
      name,
      ok: wrong.length === 0,
      detail: wrong.length === 0 ? 'none' : `${wrong.length}: ${few(wrong)}`,
    });
    const checks: ReadonlyArray<Check> = [
      {
        name: 'on hand = received − deducted + restored',
        ok: onHand === received - deducted + restored && onHand >= 0,
        detail: `${onHand} = ${received} − ${deducted} + ${restored}`,
      },
      none('moments at which more was held than there was', oversold.map(String)),
      none('holds without a live order', orphans),
      none('orders that stand and whose goods were given back', broken),
      none('goods deducted for an order that is not paid', unpaid),
      none('orders that hold more than their buyer may have', pastLimits),
    ];
    const verdict = checks.every(({ ok }) => ok) ? 'PASS' : 'FAIL';
    return E.right({ verdict, productId, ...sums, onHand, held, checks });
  };
