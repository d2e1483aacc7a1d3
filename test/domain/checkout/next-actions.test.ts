import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { actionsIn, type Situation, situations } from '../../support/checkout/situations.js';

/** The table of docs/checkout.md, row by row. */
const rows = readFileSync(new URL('../../../docs/checkout.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, order = '', payment = '', known = '', time = '', late = '', actions = '']) => ({
    situation: { order, payment, known, time, late },
    actions,
  }));

const named = ({ order, payment, known, time, late }: Situation): string =>
  [order, payment, known, time, late].filter((word) => word !== '').join(' | ');

describe('the table of the documents is what an order owes', () => {
  it.each(rows.map((row) => [named(row.situation), row] as const))('%s', (_, { situation, actions }) => {
    expect(actionsIn(situation)).toBe(actions);
  });

  it('names every state of an order, and every state of a payment', () => {
    expect(new Set(rows.map(({ situation }) => situation.order))).toEqual(new Set(situations.orders));
    expect(new Set(rows.map(({ situation }) => situation.payment))).toEqual(new Set(situations.payments));
  });

  it('names every action there is', () => {
    const inTable = new Set(rows.flatMap(({ actions }) => actions.split(' + ')));
    for (const action of situations.actions) expect(inTable).toContain(action);
  });
});

test('in whatever state, at whatever time, it says something, and only what a driver can carry out', () => {
  const word = (words: ReadonlyArray<string>) => fc.constantFrom(...words);
  const situation = fc.record({
    order: word(situations.orders),
    payment: word(situations.payments),
    known: fc.subarray([...situations.known]).map((known) => known.join(', ')),
    time: word(situations.times),
    late: word(['', 'REFUND']),
  });
  fc.assert(
    fc.property(situation, (any) => {
      for (const action of actionsIn(any).split(' + ')) expect(['nothing', ...situations.actions]).toContain(action);
    }),
    { numRuns: 2_000 },
  );
});
