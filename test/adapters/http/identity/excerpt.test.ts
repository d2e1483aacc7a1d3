import fc from 'fast-check';
import { excerpt } from '../../../../src/adapters/http/identity/record-act.js';

const personal = new Set(['shipping']);
const kept = (json: string, most: number): string | null => excerpt(json, most, personal);
const inJson = (value: unknown, most = 100): unknown => JSON.parse(kept(JSON.stringify(value), most) ?? 'null');

test('what is small is kept as it came', () => {
  expect(kept('{"reason":  "queue"}', 100)).toBe('{"reason":"queue"}');
  expect(kept('', 100)).toBeNull();
  expect(kept('[1, 2]', 100)).toBe('[1,2]');
});

test('of what is large the longest values go first, and it says how long they were', () => {
  const value = { name: 'C', lines: 'x'.repeat(500), quantity: 5, reason: 'queue' };
  expect(inJson(value)).toEqual({ ...value, lines: '(cut: 502 characters)' });
});

test('what cannot be shortened by its fields goes as a whole', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`field-${n}`, n]));
  expect(inJson(many)).toBe(`(cut: ${JSON.stringify(many).length} characters)`);
  expect(inJson([1, 'x'.repeat(200)])).toBe('(cut: 206 characters)');
});

test('what is no JSON is not kept, for it may be anything', () => {
  expect(kept('{"shipping":{"address":"Harbour 1"', 100)).toBe('"(cut: 34 characters)"');
});

test('what is nested without end is cut, not followed', () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  expect(kept(`{"a":${deep}}`, 100)).toBe('"(cut: 60006 characters)"');
});

test('an address is not kept, however short it is and wherever it lies', () => {
  const order = { orderId: 'o', shipping: { address: 'Harbour 1' } };
  const shown = { orderId: 'o', shipping: '(personal data)' };
  expect(inJson(order)).toEqual(shown);
  expect(inJson([order])).toEqual([shown]);
  expect(inJson({ items: [{ order }] })).toEqual({ items: [{ order: shown }] });
  expect(kept(JSON.stringify({ orders: [order, order, order] }), 60)).not.toContain('Harbour');
});

test('it is JSON of no more than so many characters, whatever came', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 40, max: 200 }), (value, most) => {
      const text = kept(JSON.stringify(value), most) ?? '';
      expect(text.length).toBeLessThanOrEqual(most);
      expect(() => void JSON.parse(text)).not.toThrow();
    }),
  );
});
