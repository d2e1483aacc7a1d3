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

  it('stay as they were, each version of them, whoever is added to which', () => {
    const additions = fc.array(fc.tuple(fc.nat(), users, fc.string()), { maxLength: 20 });
    fc.assert(
      fc.property(pairs, additions, (known, added) => {
        const versions = [{ holders: Holders.of(new Map(known)), expected: new Map(known) }];
        for (const [to, user, request] of added) {
          const version = versions[to % versions.length];
          if (version === undefined) throw new Error('There is always one');
          const expected = new Map(version.expected).set(user, request);
          versions.push({ holders: version.holders.set(user, request), expected });
        }
        for (const { holders, expected } of versions) {
          expect([...holders]).toEqual([...expected]);
          expect([holders.size, holders.get('ana'), holders.has('ben')]).toEqual([
            expected.size,
            expected.get('ana'),
            expected.has('ben'),
          ]);
        }
      }),
    );
  });

  it('can be looked through while others come', () => {
    const before = Holders.of(new Map([['ana', 'r-1']]));
    const looking = before[Symbol.iterator]();
    const after = before.set('ben', 'r-2');
    expect([looking.next().value, looking.next().done]).toEqual([['ana', 'r-1'], true]);
    expect([...after]).toHaveLength(2);
  });
});
