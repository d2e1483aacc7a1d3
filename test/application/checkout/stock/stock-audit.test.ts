import { either as E } from 'fp-ts';
import { stockAudit } from '../../../../src/application/checkout/stock/stock-audit.js';
import { answerOf } from '../../../support/answer-of.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { ordinaryTerms } from '../../../support/ordinary-terms.js';

const [productId, orderId] = ['console', 'order-1'];
const at = Date.UTC(2026, 0, 1);
const history = [
  { type: 'ProductCreated', productId, name: 'Console', price: 1, stock: 3, eventId: null, ...ordinaryTerms, at },
  { type: 'StockReserved', productId, orderId, quantity: 2, expiresAt: at + 1, at },
  { type: 'StockReleased', productId, orderId, quantity: 2, reason: 'EXPIRED', at },
];

test('the ledger of a product is every change of its stock, page by page', async () => {
  const eventStore = new InMemoryEventStore();
  const appended = history.map((event, index) => ({ id: `e${index}`, event, metadata: { correlationId: 't' } }));
  await answerOf(eventStore.append(`stock-${productId}`, -1, appended));
  const audit = stockAudit({ eventStore });

  const first = await answerOf(audit({ productId, limit: 2 }));
  expect(first.items).toEqual([
    { entry: 0, kind: 'RECEIVED', orderId: null, onHand: 3, held: 0, reason: null, at },
    { entry: 1, kind: 'RESERVED', orderId, onHand: 0, held: 2, reason: null, at },
  ]);
  expect(await answerOf(audit({ productId, limit: 2, cursor: first.nextCursor ?? '' }))).toEqual({
    items: [{ entry: 2, kind: 'RELEASED', orderId, onHand: 0, held: -2, reason: 'EXPIRED', at }],
    nextCursor: null,
  });
  expect(await audit({ productId, limit: 2, cursor: 'x' })()).toEqual(E.left({ code: 'INVALID_CURSOR' }));
  expect(await audit({ productId: 'nothing', limit: 2 })()).toEqual(E.left({ code: 'PRODUCT_NOT_FOUND' }));
});
