import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { stockDecider, type StockCommand } from '../../../src/domain/stock/decider.js';
import { type StockEvent } from '../../../src/domain/stock/events.js';
import { available, type Stock } from '../../../src/domain/stock/stock.js';
import { sentences } from '../../support/given-when-then.js';

const noon = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;
const productId = 'ticket';
const given = sentences(stockDecider);

const stocked = (stock: number): StockEvent => ({
  type: 'ProductCreated',
  productId,
  name: 'Ticket',
  price: 500,
  stock,
  eventId: null,
  at: noon,
});
const reserved = (orderId: string, quantity: number, expiresAt = noon + 10 * minute): StockEvent => ({
  type: 'StockReserved',
  productId,
  orderId,
  quantity,
  expiresAt,
  at: noon,
});
const released = (orderId: string, quantity: number, reason: 'EXPIRED' | 'CANCELLED', at = noon): StockEvent => ({
  type: 'StockReleased',
  productId,
  orderId,
  quantity,
  reason,
  at,
});
const deducted = (orderId: string, quantity: number): StockEvent => ({
  type: 'StockDeducted',
  productId,
  orderId,
  quantity,
  at: noon,
});
const restored = (orderId: string, quantity: number): StockEvent => ({
  type: 'StockRestored',
  productId,
  orderId,
  quantity,
  at: noon,
});

const reserve = (orderId: string, quantity: number, again = false): StockCommand => ({
  type: 'ReserveStock',
  productId,
  orderId,
  quantity,
  expiresAt: noon + 10 * minute,
  again,
  at: noon,
});
const release = (orderId: string, at: number): StockCommand => ({
  type: 'ReleaseStock',
  productId,
  orderId,
  reason: 'EXPIRED',
  at,
});
const deduct = (orderId: string): StockCommand => ({ type: 'DeductStock', productId, orderId, at: noon });
const restore = (orderId: string): StockCommand => ({ type: 'RestoreStock', productId, orderId, at: noon });
const extend = (orderId: string, expiresAt: number): StockCommand => ({
  type: 'ExtendHold',
  productId,
  orderId,
  expiresAt,
  at: noon,
});

describe('stock', () => {
  it('is held for an order as long as there is enough', () => {
    given(stocked(3)).when(reserve('o1', 3)).then(reserved('o1', 3));
    given(stocked(3), reserved('o1', 2)).when(reserve('o2', 2)).thenRejected('INSUFFICIENT_STOCK');
  });

  it('is held once an order: its own hold never stands in its way', () =>
    given(stocked(3), reserved('o1', 3)).when(reserve('o1', 3)).thenNothing());

  it('is never held in another quantity than it is sold in', () =>
    given(stocked(3), reserved('o1', 2))
      .when(reserve('o1', 3, true))
      .thenRejected('CLAIM_DIFFERS'));

  it('comes back when the hold has run out, not before', () => {
    given(stocked(3), reserved('o1', 3))
      .when(release('o1', noon + 10 * minute))
      .then(released('o1', 3, 'EXPIRED', noon + 10 * minute));
    given(stocked(3), reserved('o1', 3))
      .when(release('o1', noon + 9 * minute))
      .thenNothing();
  });

  it('waits for a payment under way', () =>
    given(stocked(3), reserved('o1', 3), {
      type: 'HoldExtended',
      productId,
      orderId: 'o1',
      expiresAt: noon + 12 * minute,
      at: noon,
    })
      .when(release('o1', noon + 10 * minute))
      .thenNothing());

  it('never has a hold shortened', () =>
    given(stocked(3), reserved('o1', 3))
      .when(extend('o1', noon + minute))
      .thenNothing());

  it('leaves the shelf once, and only what was held', () => {
    given(stocked(3), reserved('o1', 2)).when(deduct('o1')).then(deducted('o1', 2));
    given(stocked(3), reserved('o1', 2), deducted('o1', 2)).when(deduct('o1')).thenNothing();
    given(stocked(3)).when(deduct('o1')).thenRejected('NOT_HELD');
  });

  it('comes back from a cancelled order, deducted or only held', () => {
    given(stocked(3), reserved('o1', 2), deducted('o1', 2)).when(restore('o1')).then(restored('o1', 2));
    given(stocked(3), reserved('o1', 2))
      .when(restore('o1'))
      .then(released('o1', 2, 'CANCELLED'));
    given(stocked(3), reserved('o1', 2), deducted('o1', 2), restored('o1', 2)).when(restore('o1')).thenNothing();
  });

  it('is not held again by a late repetition, but by a late payment while some is left', () => {
    const expired = [stocked(3), reserved('o1', 2), released('o1', 2, 'EXPIRED')];
    given(...expired)
      .when(reserve('o1', 2))
      .thenRejected('CLAIM_ENDED');
    given(...expired)
      .when(reserve('o1', 2, true))
      .then(reserved('o1', 2));
    given(...expired, reserved('o2', 2))
      .when(reserve('o1', 2, true))
      .thenRejected('INSUFFICIENT_STOCK');
  });
});

describe('whatever is asked of a product', () => {
  const order = fc.integer({ min: 1, max: 8 }).map((n) => `order-${n}`);
  const command: fc.Arbitrary<StockCommand> = fc.oneof(
    fc
      .tuple(order, fc.integer({ min: 1, max: 3 }), fc.boolean())
      .map(([id, quantity, again]) => reserve(id, quantity, again)),
    order.map((id) => release(id, noon + 10 * minute)),
    order.map(deduct),
    order.map(restore),
    order.map((id) => extend(id, noon + 12 * minute)),
    fc.integer({ min: 1, max: 4 }).map((n): StockCommand => ({
      type: 'ReceiveStock',
      productId,
      deliveryNote: `note-${n}`,
      quantity: n,
      at: noon,
    })),
  );
  const carryOut = (events: ReadonlyArray<StockEvent>, asked: StockCommand): ReadonlyArray<StockEvent> => {
    const state = events.reduce(stockDecider.evolve, stockDecider.initial);
    return [...events, ...E.getOrElse((): ReadonlyArray<StockEvent> => [])(stockDecider.decide(asked, state))];
  };
  const known = (events: ReadonlyArray<StockEvent>) => {
    const state: Stock = events.reduce(stockDecider.evolve, stockDecider.initial);
    if (state.status === 'Unknown') throw new Error('no product');
    return state;
  };
  const sum = (events: ReadonlyArray<StockEvent>, type: StockEvent['type']) =>
    events.reduce((total, event) => total + (event.type === type && 'quantity' in event ? event.quantity : 0), 0);

  it('never sells what is not there, and its books balance', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const events = commands.reduce(carryOut, [stocked(5)]);
        const stock = known(events);
        expect(available(stock)).toBeGreaterThanOrEqual(0);
        expect(stock.held).toBe(
          stock.claims.valueSeq().reduce((held, claim) => held + (claim.status === 'Held' ? claim.quantity : 0), 0),
        );
        expect(stock.onHand).toBe(
          5 + sum(events, 'StockReceived') - sum(events, 'StockDeducted') + sum(events, 'StockRestored'),
        );
      }),
    ));
});
