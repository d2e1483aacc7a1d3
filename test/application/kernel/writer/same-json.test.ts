import { sameJson } from '../../../../src/application/kernel/writer/same-json.js';

const nested = (levels: number, innermost: unknown): unknown =>
  Array.from({ length: levels }).reduce((inner: unknown) => ({ inner }), innermost);

test.each([
  [{ a: 1, b: [2, null] }, { b: [2, null], a: 1 }, true],
  [{ a: undefined }, {}, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [[1], { 0: 1 }, false],
  [JSON.parse('{"__proto__":{}}'), {}, false],
])('%j and %j: %j', (one, other, same) => expect(sameJson(one, other)).toBe(same));

test('what is nested a hundred thousand deep is compared to its end', () => {
  expect(sameJson(nested(100_000, 1), nested(100_000, 1))).toBe(true);
  expect(sameJson(nested(100_000, 1), nested(100_000, 2))).toBe(false);
});
