import { latePaymentOf } from '../../../domain/taking.js';
import { limitPassedBy } from '../../../domain/stock/purchase-limits.js';
import { buyerOf } from '../../../domain/stock/stock.js';
import { type Offence, type Rule } from '../../kernel/audit/audit.js';
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

const productOf = ({ stock }: StockHistory): string => (stock.status === 'Unknown' ? '' : stock.productId);

/** Each of these orders breaks the rule. */
const orders = (ids: ReadonlyArray<string>, remedy?: (orderId: string) => Offence['remedy']): ReadonlyArray<Offence> =>
  ids.map((orderId) => {
    const mend = remedy?.(orderId);
    return { detail: `order ${orderId}`, subject: orderId, ...(mend !== undefined && { remedy: mend }) };
  });

const noHoldWithoutOrder: StockRule = {
  name: 'holds without a live order',
  kind: 'LEAKED_RESERVATION',
  offences: (known) =>
    orders(known.holds.orphans, (orderId) => {
      const claim = known.stock.status === 'Known' ? known.stock.claims.get(orderId) : undefined;
      return { action: 'RELEASE_HOLD', productId: productOf(known), orderId, takenBy: claim?.takenBy ?? null };
    }),
  looked: () => 'none',
};

const placedInTime: StockRule = {
  name: 'holds of orders that stay half placed',
  kind: 'BROKEN_PROMISE',
  offences: ({ holds }) => orders(holds.unfinished),
  looked: () => 'none',
};

const noOrderWithoutGoods: StockRule = {
  name: 'orders that stand and whose goods were given back',
  kind: 'BROKEN_PROMISE',
  offences: ({ holds }) => orders(holds.broken),
  looked: () => 'none',
};

const onlyPaidIsDeducted: StockRule = {
  name: 'goods deducted for an order that is not paid',
  kind: 'STOCK_MISMATCH',
  offences: ({ holds }) => orders(holds.unpaid, (orderId) => ({ action: 'DRIVE_ORDER', orderId })),
  looked: () => 'none',
};

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
  noHoldWithoutOrder,
  placedInTime,
  noOrderWithoutGoods,
  onlyPaidIsDeducted,
  limitsKept,
];
