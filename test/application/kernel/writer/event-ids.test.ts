import fc from 'fast-check';
import { v5 } from 'uuid';
import { derivedId, eventId } from '../../../../src/application/kernel/writer/event-ids.js';
import { examples } from '../../../support/examples.js';

const NAMESPACE = '0f9c1a52-7a53-5d7e-8b4e-6f1d2c3b4a59';
const ascii = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-/'), maxLength: 400 });

describe('derived ids', () => {
  it('are UUIDv5, whatever the length of the name', () => {
    fc.assert(
      fc.property(ascii, (name) => expect(derivedId(name)).toBe(v5(name, NAMESPACE))),
      { numRuns: examples(100) },
    );
  });

  it('differ by stream, requester and index, and only by them', () => {
    const ids = [
      eventId('coupon-a', 'ana/r', 0),
      eventId('coupon-b', 'ana/r', 0),
      eventId('coupon-a', 'ben/r', 0),
      eventId('coupon-a', 'ana/r', 1),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(eventId('coupon-a', 'ana/r', 0)).toBe(ids[0]);
  });
});
