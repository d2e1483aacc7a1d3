import { type SalePolicy, defaultPolicy } from '../../../src/domain/sale-policy.js';
import { stockDecider, type StockCommand } from '../../../src/domain/stock/decider.js';
import { type StockEvent } from '../../../src/domain/stock/events.js';
import { sentences } from '../../support/given-when-then.js';
import { ordinaryTerms } from '../../support/ordinary-terms.js';

const at = Date.UTC(2026, 0, 1, 12);
const expiresAt = at + 600_000;
const productId = 'ticket';
const given = sentences(stockDecider);
const of = (orderId: string) => ({ productId, orderId, quantity: 1, at });

const created = (soldOut: SalePolicy['soldOut'], stock: number): StockEvent => ({
  type: 'ProductCreated',
  productId,
  name: 'Ticket',
  price: 500,
  stock,
  eventId: null,
  ...ordinaryTerms,
  policy: { ...defaultPolicy, soldOut },
  at,
});
const reserved = (orderId: string): StockEvent => ({ type: 'StockReserved', ...of(orderId), expiresAt });
const bought = (orderId: string): ReadonlyArray<StockEvent> => [
  reserved(orderId),
  { type: 'StockDeducted', ...of(orderId) },
];
const ranOut = (orderId: string): ReadonlyArray<StockEvent> => [
  reserved(orderId),
  { type: 'StockReleased', ...of(orderId), reason: 'EXPIRED' },
];
const cancelled = (orderId: string): StockEvent => ({ type: 'StockRestored', ...of(orderId) });
const delivered: StockEvent = { type: 'StockReceived', productId, deliveryNote: 'n1', quantity: 1, at };
const reserve = (orderId: string): StockCommand => ({ type: 'ReserveStock', ...of(orderId), expiresAt, again: true });

type History = ReadonlyArray<StockEvent>;
type Outcome = 'gets it' | 'SOLD_OUT' | 'INSUFFICIENT_STOCK';
/** Of two: what happened, who asks then, and what becomes of it where the sale reopens and where it stays closed. */
const rows: ReadonlyArray<[string, History, string, Outcome, Outcome]> = [
  ['both are held', [reserved('a'), reserved('b')], 'new', 'INSUFFICIENT_STOCK', 'INSUFFICIENT_STOCK'],
  ['both were held and one hold ran out', [reserved('a'), ...ranOut('b')], 'new', 'gets it', 'gets it'],
  ['one is bought and the hold of the other ran out', [...bought('a'), ...ranOut('b')], 'new', 'gets it', 'gets it'],
  [
    'one is bought, held the other, the first cancelled',
    [...bought('a'), reserved('b'), cancelled('a')],
    'new',
    'gets it',
    'gets it',
  ],
  ['both are bought', [...bought('a'), ...bought('b')], 'new', 'INSUFFICIENT_STOCK', 'SOLD_OUT'],
  [
    'both are bought and one is cancelled',
    [...bought('a'), ...bought('b'), cancelled('a')],
    'new',
    'gets it',
    'SOLD_OUT',
  ],
  [
    'both are bought and one is cancelled',
    [...ranOut('late'), ...bought('a'), ...bought('b'), cancelled('a')],
    'late',
    'gets it',
    'gets it',
  ],
  ['both are bought and more is delivered', [...bought('a'), ...bought('b'), delivered], 'new', 'gets it', 'gets it'],
  [
    'one was cancelled after the last, and more is delivered',
    [...bought('a'), ...bought('b'), cancelled('a'), delivered],
    'new',
    'gets it',
    'gets it',
  ],
  [
    'what was delivered is bought too, and one is cancelled',
    [...bought('a'), ...bought('b'), delivered, ...bought('c'), cancelled('c')],
    'new',
    'gets it',
    'SOLD_OUT',
  ],
];
const matrix = rows.flatMap(([what, history, who, reopens, staysClosed]) => [
  { what, history, who, soldOut: 'REOPEN' as const, outcome: reopens },
  { what, history, who, soldOut: 'STAY_CLOSED' as const, outcome: staysClosed },
]);

test.each(matrix)('$soldOut: $what; the order that is $who: $outcome', ({ history, who, soldOut, outcome }) => {
  const asked = given(created(soldOut, 2), ...history).when(reserve(who));
  if (outcome === 'gets it') asked.then(reserved(who));
  else asked.thenRejected(outcome);
});

test('a product whose shop says nothing of it reopens', () => {
  given(created(defaultPolicy.soldOut, 1), ...bought('a'), cancelled('a'))
    .when(reserve('new'))
    .then(reserved('new'));
});
