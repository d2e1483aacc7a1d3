import { judgeOrders } from '../../../src/rehearsal/flash-sale/judge-orders.js';
import { type Settled } from '../../../src/rehearsal/flash-sale/await-orders.js';
import { type Fate, planShoppers } from '../../../src/rehearsal/flash-sale/plan-shoppers.js';

const NOW = 1_000_000;
const shelf = { productId: 'tv', stock: 10, onHand: 10, held: 0 };

const order = (
  fate: Fate,
  status: string,
  told: { paid?: true; cancelled?: true; holdExpiresAt?: number } = {},
): Settled => ({
  status,
  order: {
    shopper: { userId: 'ana', orderId: 'o', patience: 'stays', product: 0, quantity: 2, usesPoints: false, fate },
    total: 2_000,
    holdExpiresAt: told.holdExpiresAt ?? NOW - 1,
    paid: told.paid ?? false,
    cancelled: told.cancelled ?? false,
  },
});
const sold = { ...shelf, onHand: 8 };

test.each([
  ['who paid has it', order('pays', 'CONFIRMED', { paid: true }), sold],
  ['who cancelled has not', order('pays and cancels', 'CANCELLED', { paid: true, cancelled: true }), shelf],
  ['who walked away let it expire', order('walks away', 'EXPIRED'), shelf],
  ['whose answer never came has it all the same', order('times out', 'CONFIRMED'), sold],
  [
    'an unpaid order waits while it is held',
    order('walks away', 'CREATED', { holdExpiresAt: NOW + 600_000 }),
    { ...shelf, held: 2 },
  ],
])('nothing is wrong when %s', (_, settled, shelves) => {
  expect(judgeOrders([settled], [shelves], NOW)).toEqual([]);
});

test.each([
  ['who paid has nothing', order('pays', 'EXPIRED', { paid: true }), shelf],
  ['who cancelled still has it', order('cancels', 'CONFIRMED', { cancelled: true }), sold],
  ['nobody paid and it is sold', order('walks away', 'CONFIRMED'), sold],
  ['it is paid and never carried out', order('times out', 'PAID'), sold],
  ['it waits long after its hold', order('walks away', 'CREATED'), { ...shelf, held: 2 }],
  ['goods are gone that nobody bought', order('walks away', 'EXPIRED'), sold],
  ['goods are held for nobody', order('walks away', 'EXPIRED'), { ...shelf, held: 2 }],
  ['more is sold than there was', order('pays', 'CONFIRMED', { paid: true }), { ...shelf, stock: 1, onHand: -1 }],
])('it is told when %s', (_, settled, shelves) => {
  expect(judgeOrders([settled], [shelves], NOW)).toHaveLength(1);
});

test('in a crowd everything happens that people do', () => {
  const crowd = planShoppers(2_000, 3);
  expect(new Set(crowd.map(({ fate }) => fate)).size).toBe(8);
  expect(new Set(crowd.map(({ patience }) => patience)).size).toBe(3);
  expect(new Set(crowd.map(({ product }) => product)).size).toBe(3);
  expect(new Set(crowd.map(({ userId }) => userId)).size).toBe(2_000);
});
