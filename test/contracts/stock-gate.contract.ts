import { either as E, option as O } from 'fp-ts';
import fc from 'fast-check';
import {
  type HeldByOrder,
  type LoadStockGateState,
  type StockChange,
  type StockGate,
  type StockLine,
} from '../../src/application/ports/stock-gate.js';
import { answerOf } from '../support/answer-of.js';
import { movedClock, type MovedClock } from '../support/moved-clock.js';

export interface StockGateUnderTest {
  readonly gate: StockGate;
  readonly close?: () => Promise<void>;
}

export type MakeStockGate = (given: {
  readonly load: LoadStockGateState;
  readonly clock: MovedClock;
}) => Promise<StockGateUnderTest>;

interface Recorded {
  revision: number;
  onHand: number;
  readonly holds: Map<string, number>;
}

let products = 0;

/** The promises of `StockGate`, whoever keeps them. Products have a new id in each test: servers are shared. */
export const stockGateContract = (name: string, make: MakeStockGate): void => {
  describe(`the stock gate: ${name}`, () => {
    let clock: MovedClock;
    let under: StockGateUnderTest;
    let gate: StockGate;
    let recorded: Map<string, Recorded>;
    let away: boolean;
    let unreadable: boolean;
    let [one, two] = ['', ''];

    beforeEach(async () => {
      clock = movedClock();
      recorded = new Map();
      away = false;
      unreadable = false;
      const load: LoadStockGateState = (productId) => async () => {
        if (unreadable) throw new Error('It holds an event of a newer version');
        if (away) return E.left('EventStoreUnavailable');
        const found = recorded.get(productId);
        return E.right(found === undefined ? O.none : O.some({ productId, ...found, holds: [...found.holds] }));
      };
      [one, two] = [product(), product()];
      under = await make({ load, clock });
      gate = under.gate;
    });
    afterEach(() => under.close?.());

    const product = (): string => `product-${process.pid}-${Date.now()}-${(products += 1)}`;
    const stocked = (productId: string, onHand: number, holds: ReadonlyArray<[string, number]> = []): void =>
      void recorded.set(productId, { revision: 0, onHand, holds: new Map(holds) });
    const wants = (orderId: string, ...lines: ReadonlyArray<[string, number]>) => ({
      orderId,
      lines: lines.map(([productId, quantity]): StockLine => ({ productId, quantity })),
      at: clock.now(),
      until: clock.now() + 30_000,
    });
    const reserve = (orderId: string, ...lines: ReadonlyArray<[string, number]>) =>
      answerOf(gate.reserve(wants(orderId, ...lines)));
    const admitted = { answer: 'Admitted' };
    const change = (
      productId: string,
      revision: number,
      onHand: number,
      ...holds: ReadonlyArray<HeldByOrder>
    ): StockChange => ({ change: 'Stock', productId, revision, onHand, holds });

    it('takes all lines of an order or none, and names those that are short', async () => {
      stocked(one, 5);
      stocked(two, 1);
      expect(await reserve('ana', [one, 3], [two, 2])).toStrictEqual({
        answer: 'Insufficient',
        short: [{ productId: two, available: 1 }],
      });
      expect(await reserve('ben', [one, 5], [two, 1])).toStrictEqual(admitted);
    });

    it('counts two lines of one product together', async () => {
      stocked(one, 3);
      expect(await reserve('ana', [one, 2], [one, 2])).toMatchObject({ answer: 'Insufficient' });
      expect(await reserve('ben', [one, 2], [one, 1])).toStrictEqual(admitted);
      expect(await reserve('cleo', [one, 1])).toMatchObject({ short: [{ productId: one, available: 0 }] });
    });

    it('never lets in more than there is, whatever the quantities and however many ask at once', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }), async (wanted) => {
          const productId = product();
          stocked(productId, 10);
          const answers = await Promise.all(wanted.map((quantity, n) => reserve(`order-${n}`, [productId, quantity])));
          const letIn = wanted.filter((_, n) => answers[n]?.answer === 'Admitted');
          expect(letIn.reduce((sum, quantity) => sum + quantity, 0)).toBeLessThanOrEqual(10);
        }),
        { numRuns: 25 },
      );
    });

    it('lets an order in again that is in already: its own hold never stands in its way', async () => {
      stocked(one, 3, [['held', 3]]);
      expect(await reserve('held', [one, 3])).toStrictEqual(admitted);
      stocked(two, 3);
      expect(await reserve('ana', [two, 3])).toStrictEqual(admitted);
      expect(await reserve('ana', [two, 3])).toStrictEqual(admitted);
      expect(await answerOf(gate.inspect(two))).toStrictEqual(O.some({ revision: 0, onHand: 3, held: 0, pending: 3 }));
    });

    it('gives back what is known never to be decided, and only that', async () => {
      stocked(one, 3, [['held', 1]]);
      await reserve('ana', [one, 2]);
      await answerOf(gate.release(wants('held', [one, 1])));
      expect(await reserve('ben', [one, 1])).toMatchObject({ answer: 'Insufficient' });
      await answerOf(gate.release(wants('ana', [one, 2])));
      expect(await reserve('ben', [one, 2])).toStrictEqual(admitted);
    });

    it('holds no place longer than it was to be held undecided', async () => {
      stocked(one, 1);
      await reserve('ana', [one, 1]);
      expect(await reserve('ben', [one, 1])).toMatchObject({ answer: 'Insufficient' });
      clock.move(30_001);
      expect(await reserve('ben', [one, 1])).toStrictEqual(admitted);
    });

    it('follows what happens: held, deducted, released, received, rejected', async () => {
      stocked(one, 4);
      await reserve('ana', [one, 3]);
      await answerOf(gate.apply([change(one, 1, 0, { orderId: 'ana', quantity: 3 })]));
      expect(await answerOf(gate.inspect(one))).toStrictEqual(O.some({ revision: 1, onHand: 4, held: 3, pending: 0 }));
      await answerOf(gate.apply([change(one, 2, -3, { orderId: 'ana', quantity: 0 }), change(one, 3, 10)]));
      expect(await answerOf(gate.inspect(one))).toStrictEqual(O.some({ revision: 3, onHand: 11, held: 0, pending: 0 }));
      await reserve('ben', [one, 11]);
      await answerOf(gate.apply([{ change: 'Rejected', productId: one, orderId: 'ben' }]));
      expect(await reserve('cleo', [one, 11])).toStrictEqual(admitted);
    });

    it('skips what it knows, and loads a product anew after a gap', async () => {
      stocked(one, 5);
      await reserve('ana', [one, 1]);
      await answerOf(gate.apply([change(one, 0, 5)]));
      expect(await answerOf(gate.inspect(one))).toMatchObject(O.some({ onHand: 5 }));
      recorded.set(one, { revision: 7, onHand: 2, holds: new Map([['dora', 2]]) });
      await answerOf(gate.apply([change(one, 7, -1)]));
      expect(await answerOf(gate.inspect(one))).toStrictEqual(O.none);
      expect(await reserve('ben', [one, 1])).toMatchObject({ answer: 'Insufficient' });
    });

    it('knows no product that has no events, and recovers when they could not be read', async () => {
      expect(await reserve('ana', [one, 1])).toStrictEqual({ answer: 'ProductNotFound', productId: one });
      away = true;
      expect(await gate.reserve(wants('ana', [one, 1]))()).toStrictEqual(E.left('GateUnavailable'));
      away = false;
      stocked(one, 1);
      expect(await reserve('ana', [one, 1])).toStrictEqual(admitted);
      await answerOf(gate.drop(one));
      expect(await answerOf(gate.inspect(one))).toStrictEqual(O.none);
    });

    it('loads a product with as many holds as a great sale has', async () => {
      const holds = Array.from({ length: 100_000 }, (_, n): [string, number] => [`order-${n}`, 1]);
      stocked(one, 100_001, holds);
      expect(await reserve('ana', [one, 2])).toMatchObject({ answer: 'Insufficient' });
      expect(await reserve('ana', [one, 1])).toStrictEqual(admitted);
      expect(await answerOf(gate.inspect(one))).toMatchObject(O.some({ held: 100_000, pending: 1 }));
    });

    it('tries again to load a product whose history could not be read', async () => {
      stocked(one, 1);
      unreadable = true;
      expect(await gate.reserve(wants('ana', [one, 1]))()).toStrictEqual(E.left('GateUnavailable'));
      unreadable = false;
      expect(await reserve('ana', [one, 1])).toStrictEqual(admitted);
    });

    it('counts what is held as the sum of all holds, whatever happened in between', async () => {
      const orders = ['ana', 'ben', 'cleo', 'dora'];
      const hold = fc.record({ orderId: fc.constantFrom(...orders), quantity: fc.integer({ min: 0, max: 9 }) });
      const step = fc.array(hold, { maxLength: orders.length });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          const productId = product();
          stocked(productId, 1_000, [['ana', 2]]);
          await reserve('eve', [productId, 1]);
          const holds = new Map([['ana', 2]]);
          const changes = steps.map((changed, index) => {
            for (const { orderId, quantity } of changed) holds.set(orderId, quantity);
            return change(productId, index + 1, 0, ...changed);
          });
          await answerOf(gate.apply(changes));
          const held = [...holds.values()].reduce((sum, each) => sum + each, 0);
          const now = { revision: steps.length, onHand: 1_000, held, pending: 1 };
          expect(await answerOf(gate.inspect(productId))).toStrictEqual(O.some(now));
        }),
        { numRuns: 50 },
      );
    });
  });
};
