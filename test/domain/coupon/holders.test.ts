import fc from 'fast-check';
import { Holders } from '../../../src/domain/coupon/holders.js';

const users: fc.Arbitrary<string> = fc.constantFrom('ana', 'ben', 'cho', 'dan', 'eve');
const pairs = fc.array(fc.tuple(users, fc.string()), { maxLength: 20 });

describe('The holders of a coupon', () => {
  it('are told apart as a map of them would, whether they were known from the beginning or came since', () => {
    fc.assert(
      fc.property(pairs, pairs, (known, since) => {
        const expected = new Map([...known, ...since]);
        const holders = since.reduce((all, [user, request]) => all.set(user, request), Holders.of(new Map(known)));
        expect(new Map(holders)).toEqual(expected);
        expect([...holders]).toHaveLength(expected.size);
        expect(holders.size).toBe(expected.size);
        for (const user of ['ana', 'ben', 'cho', 'dan', 'eve']) {
          expect(holders.get(user)).toBe(expected.get(user));
          expect(holders.has(user)).toBe(expected.has(user));
        }
        for (const [, request] of [...known, ...since])
          expect(holders.includes(request)).toBe([...expected.values()].includes(request));
      }),
    );
  });

  it('stay as they were when somebody is added', () => {
    const before = Holders.of(new Map([['ana', 'r-1']]));
    expect([...before.set('ben', 'r-2')]).toEqual([
      ['ana', 'r-1'],
      ['ben', 'r-2'],
    ]);
    expect([...before]).toEqual([['ana', 'r-1']]);
  });
});
