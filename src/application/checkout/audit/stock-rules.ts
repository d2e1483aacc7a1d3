import { latePaymentOf } from '../../../domain/taking.js';
import { limitPassedBy } from '../../../domain/stock/purchase-limits.js';
import { buyerOf } from '../../../domain/stock/stock.js';
import { type Rule } from '../../kernel/audit/audit.js';
import { type FindingKind, type Remedy } from '../../kernel/audit/finding.js';
import { type HoldsAudited } from './audit-holds.js';
import { type StockFact, type StockHistory } from './stock-history.js';

type StockRule = Rule<StockHistory, StockFact>;

const countsAgree: StockRule = {
  name: 'on hand = received − deducted + restored',
  kind: 'STOCK_MISMATCH',
  offences: function* (known) {
    const { stock, received, deducted, restored } = known;
    if (stock.status === 'Unknown') return;
    if (stock.onHand !== received - deducted + restored || stock.onHand < 0) yield { detail: sum(known) };
  },
  looked: (known) => sum(known),
};

const sum = ({ stock, received, deducted, restored }: StockHistory): string =>
  `${stock.status === 'Unknown' ? 0 : stock.onHand} = ${received} − ${deducted} + ${restored}`;

const neverOversold: StockRule = {
  name: 'moments at which more was held than there was',
  kind: 'STOCK_MISMATCH',
  offences: ({ oversold }) => oversold.map((revision) => ({ detail: `after event ${revision}` })),
  looked: () => 'none',
};

/** Each of these orders breaks the rule. */
const noOrders = (
  name: string,
  kind: FindingKind,
  which: keyof HoldsAudited,
  remedyFor?: (orderId: string, known: StockHistory) => Remedy,
): StockRule => ({
  name,
  kind,
  offences: (known) =>
    known.holds[which].map((orderId) => {
      const remedy = remedyFor?.(orderId, known) ?? { action: 'NONE' };
      return { detail: `order ${orderId}`, subject: orderId, remedy };
    }),
  looked: () => 'none',
});

const release = (orderId: string, { stock }: StockHistory): Remedy => {
  if (stock.status === 'Unknown') return { action: 'NONE' };
  const { productId, claims } = stock;
  return { action: 'RELEASE_HOLD', productId, orderId, takenBy: claims.get(orderId)?.takenBy ?? null };
};
const drive = (orderId: string): Remedy => ({ action: 'DRIVE_ORDER', orderId });

const limitsKept: StockRule = {
  name: 'orders that hold more than their buyer may have',
  kind: 'STOCK_MISMATCH',
  broken: (fact, { stock }) => {
    if (fact.of !== 'events' || stock.status === 'Unknown') return null;
    const { event } = fact;
    if (event.type !== 'StockReserved' || event.userId === undefined) return null;
    const { orderId, userId, quantity, takenBy, at } = event;
    const isRenewed = stock.claims.has(orderId) && (takenBy === undefined || latePaymentOf(takenBy) > 0);
    const passed = limitPassedBy(stock.limits, buyerOf(stock, userId), { quantity, isRenewed, at });
    return passed === null ? null : `order ${orderId}`;
  },
  looked: () => 'none',
};

/** What must be true of the stock of every product. */
export const stockRules: ReadonlyArray<StockRule> = [
  countsAgree,
  neverOversold,
  noOrders('holds without a live order', 'LEAKED_RESERVATION', 'orphans', release),
  noOrders('holds of orders that stay half placed', 'BROKEN_PROMISE', 'unfinished'),
  noOrders('orders that stand and whose goods were given back', 'BROKEN_PROMISE', 'broken'),
  noOrders('goods deducted for an order that is not paid', 'STOCK_MISMATCH', 'unpaid', drive),
  limitsKept,
];
