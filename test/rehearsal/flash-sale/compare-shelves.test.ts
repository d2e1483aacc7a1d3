import { type Settled } from '../../../src/rehearsal/flash-sale/await-orders.js';
import { compareShelves } from '../../../src/rehearsal/flash-sale/compare-shelves.js';
import { judgeOrders } from '../../../src/rehearsal/flash-sale/judge-orders.js';

const NOW = 1_000_000;
const HELD_LONG = NOW + 600_000;

const waiting = (orderId: string): Settled => ({
  status: 'PENDING_PAYMENT',
  order: {
    shopper: {
      userId: 'ana',
      orderId,
      patience: 'stays',
      product: 0,
      quantity: 2,
      usesPoints: false,
      fate: 'is declined',
    },
    total: 2_000,
    holdExpiresAt: HELD_LONG,
    paid: false,
    cancelled: false,
  },
});
const shelf = { productId: 'tv', stock: 10, onHand: 10, held: 0 };

test('an order that came to its end after it was seen is seen again before it is judged', async () => {
  const { settled, shelves } = await compareShelves(
    {
      seeOrder: async (orderId) => (orderId === 'declined' ? 'FAILED' : 'PENDING_PAYMENT'),
      seeShelves: async () => [{ ...shelf, held: 2 }],
      withinMs: 60_000,
    },
    [waiting('declined'), waiting('undecided')],
  );
  expect(settled.map(({ status }) => status)).toEqual(['FAILED', 'PENDING_PAYMENT']);
  expect(judgeOrders(settled, shelves, NOW)).toEqual([]);
});

test('the shelf is looked at again until it has followed the orders', async () => {
  let looks = 0;
  const { shelves } = await compareShelves(
    {
      seeOrder: async () => 'PENDING_PAYMENT',
      seeShelves: async () => [{ ...shelf, held: (looks += 1) < 3 ? 4 : 2 }],
      withinMs: 60_000,
    },
    [waiting('undecided')],
  );
  expect(shelves).toEqual([{ ...shelf, held: 2 }]);
});

test('an order that stands while nobody holds its goods is a fault when the time is over', async () => {
  const { settled, shelves } = await compareShelves(
    { seeOrder: async () => 'PENDING_PAYMENT', seeShelves: async () => [shelf], withinMs: 300 },
    [waiting('undecided')],
  );
  expect(judgeOrders(settled, shelves, NOW)).toEqual(['tv: 10 on hand and 0 held, where the orders say 10 and 2']);
});
