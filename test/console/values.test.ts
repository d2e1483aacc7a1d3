import { requiredWhole, whole } from '../../web/console/src/actions/values.js';

test.each([
  ['12', 12],
  [' 12 ', 12],
  ['0', 0],
  // A browser takes this for the number it is.
  ['1e3', 1_000],
  ['', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['twelve', undefined],
])('the number %p of a form is %p', (written, number) => {
  expect(whole({ limit: written }, 'limit')).toBe(number);
});

test('a number that a call cannot do without is never 0 by mistake: the server refuses null', () => {
  expect(JSON.stringify({ limit: requiredWhole({ limit: 'twelve' }, 'limit') })).toBe('{"limit":null}');
  expect(JSON.stringify({ limit: requiredWhole({}, 'limit') })).toBe('{"limit":null}');
  expect(requiredWhole({ limit: '0' }, 'limit')).toBe(0);
});
