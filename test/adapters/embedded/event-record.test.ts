import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { decodeEvents, encodeBody, encodeRecord } from '../../../src/adapters/embedded/event-store/record.js';
import { examples } from '../../support/examples.js';

const jsonObject = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));

const throughDisk = (bodies: ReadonlyArray<object>, streamId: string) => {
  const events = bodies.map((body) => ({
    id: randomUUID(),
    event: { type: 'T', body },
    metadata: { correlationId: 'c' },
  }));
  const header = { streamId, recordedAt: 1_790_000_000_123, firstRevision: 41, count: events.length };
  return { events, decoded: decodeEvents(encodeRecord(header, encodeBody(events)), 1_000) };
};

it('Any JSON comes back from disk as JSON itself would bring it back, with its places', () => {
  fc.assert(
    fc.property(
      fc.array(jsonObject, { minLength: 1, maxLength: 8 }),
      fc.string({ unit: 'grapheme' }),
      (bodies, streamId) => {
        const { events, decoded } = throughDisk(bodies, streamId);
        expect(JSON.stringify(decoded.map(({ id, event, metadata }) => ({ id, event, metadata })))).toBe(
          JSON.stringify(events),
        );
        expect(decoded.map(({ revision, position }) => [revision, position])).toEqual(
          events.map((_, index) => [41 + index, 1_000 - events.length + 1 + index]),
        );
        expect(decoded.every((event) => event.streamId === streamId && event.recordedAt === 1_790_000_000_123)).toBe(
          true,
        );
      },
    ),
    { numRuns: examples(100) },
  );
});

it.each([
  ['half a surrogate pair', { text: 'a\ud800b' }],
  ['half a pair in a long text', { text: `${'x'.repeat(200)}\udc00` }],
  ['the replacement character', { text: '\ufffd' }],
  ['Hangul, whose bytes look like surrogates', { text: '한국 힣 흐흐' }],
  ['the key of prototypes', JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')],
  ['numbers at their limits', { numbers: [Number.MAX_SAFE_INTEGER, -5e-324, 1e308, 4_294_967_296, -2_147_483_649] }],
])('%s comes back unchanged', (_, body) => {
  const { events, decoded } = throughDisk([body, body, body, body], 's');
  expect(JSON.stringify(decoded.map(({ event }) => event))).toBe(JSON.stringify(events.map(({ event }) => event)));
});

describe('Of a large append, in which some number has the bytes of half a surrogate pair,', () => {
  const bodies = Array.from({ length: 500 }, (_, n) => ({ at: 1_764_409_322_444 + 977 * n, place: n, text: 'a' }));

  it('the fields are named once', () => {
    const { events } = throughDisk(bodies, 's');
    expect(encodeBody(events).bytes.length).toBeLessThan(JSON.stringify(events).length * 0.7);
  });

  it('half a pair that is really there comes back unchanged', () => {
    const { events, decoded } = throughDisk([...bodies, { text: 'a\ud800b' }], 's');
    expect(JSON.stringify(decoded.map(({ event }) => event))).toBe(JSON.stringify(events.map(({ event }) => event)));
  });
});
