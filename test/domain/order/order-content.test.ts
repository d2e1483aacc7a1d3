import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { MOST_MONEY } from '../../../src/domain/money.js';
import { type StartPlacing } from '../../../src/domain/order/start-placing.js';
import { orderDecider } from '../../../src/domain/order/decider.js';
import { evolve, unknownOrder } from '../../../src/domain/order/order.js';
import { isSameOrder } from '../../../src/domain/order/same-order.js';

const at = Date.UTC(2026, 0, 1, 12);
const line = fc.record({
  productId: fc.constantFrom('p1', 'p2', 'p3'),
  quantity: fc.integer({ min: 1, max: 1_000_000 }),
  unitPrice: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: MOST_MONEY })),
});
const command: fc.Arbitrary<StartPlacing> = fc
  .record({
    userId: fc.constantFrom('ana', 'ben'),
    lines: fc.array(line, { minLength: 1, maxLength: 5 }),
    shipping: fc.dictionary(fc.constantFrom('name', 'street', 'door'), fc.oneof(fc.string(), fc.integer())),
    couponId: fc.option(fc.constantFrom('c1', 'c2')),
    points: fc.integer({ min: 0, max: 3 }),
    discount: fc.integer({ min: 0, max: 3 }),
  })
  .map((terms) => ({ type: 'StartPlacing', orderId: 'o1', holdExpiresAt: at + 1, at, ...terms }));

test('whatever an order is placed for is exact and can be paid, or it is refused', () => {
  fc.assert(
    fc.property(command, (order) => {
      const decided = orderDecider.decide(order, unknownOrder);
      const price = order.lines.reduce((sum, each) => sum + BigInt(each.quantity) * BigInt(each.unitPrice), 0n);
      const total = price - BigInt(order.discount) - BigInt(order.points);
      if (price > BigInt(MOST_MONEY)) expect(decided).toStrictEqual(E.left('TOTAL_TOO_LARGE'));
      else if (total < 0n) expect(decided).toStrictEqual(E.left('DISCOUNTS_EXCEED_PRICE'));
      else {
        expect(decided).toMatchObject(E.right([{ type: 'OrderPlacingStarted', total: Number(total) }]));
        const placing = E.isRight(decided) ? decided.right.reduce(evolve, unknownOrder) : unknownOrder;
        const created = { type: 'OrderCreated', total: Number(total) };
        const paid = { type: 'OrderPaid', paymentId: null };
        const create = { type: 'CreateOrder', orderId: 'o1', attempt: 1, at } as const;
        expect(orderDecider.decide(create, placing)).toMatchObject(E.right(total === 0n ? [created, paid] : [created]));
      }
    }),
  );
});

test('an order id stands for one content: the same again changes nothing, another is refused', () => {
  fc.assert(
    fc.property(command, command, (first, second) => {
      const decided = orderDecider.decide(first, unknownOrder);
      fc.pre(E.isRight(decided));
      const placed = E.isRight(decided) ? decided.right.reduce(evolve, unknownOrder) : unknownOrder;
      expect(orderDecider.decide({ ...first, at: at + 5, discount: 0 }, placed)).toStrictEqual(E.right([]));
      const other = first.userId === second.userId ? 'REQUEST_ID_REUSED' : 'ORDER_EXISTS';
      expect(orderDecider.decide(second, placed)).toStrictEqual(
        isSameOrder(first, second) ? E.right([]) : E.left(other),
      );
    }),
  );
});

test('neither the order of lines nor how a product is split over them makes it another order', () => {
  const shared = { userId: 'ana', couponId: null, points: 0 };
  const one = {
    ...shared,
    lines: [
      { productId: 'p1', quantity: 3 },
      { productId: 'p2', quantity: 1 },
    ],
    shipping: { a: 1, b: { c: [2] } },
  };
  const split = [
    { productId: 'p2', quantity: 1 },
    { productId: 'p1', quantity: 1 },
    { productId: 'p1', quantity: 2 },
  ];
  expect(isSameOrder(one, { ...shared, lines: split, shipping: { b: { c: [2] }, a: 1 } })).toBe(true);
  expect(isSameOrder(one, { ...one, shipping: { a: 1, b: { c: [3] } } })).toBe(false);
  expect(isSameOrder(one, { ...one, lines: split.slice(1) })).toBe(false);
});
