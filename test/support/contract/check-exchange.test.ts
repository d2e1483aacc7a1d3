import { checkExchange, type Exchanged } from './check-exchange.js';

const coupon = {
  couponId: 'spring',
  name: 'Spring',
  quantity: 1,
  issued: 0,
  remaining: 1,
  status: 'OPEN',
  discount: { kind: 'PERCENT', value: 5 },
  opensAt: null,
  closesAt: null,
  usableUntil: null,
  eventId: null,
  challenge: 'NEVER',
};
const problem = (code: string, status: number) => ({ type: '', title: '', detail: '', code, status });

const answered = (status: number, body: object, headers: Record<string, string> = {}): Exchanged => ({
  method: 'GET',
  url: new URL('http://x/api/coupons/spring'),
  requestHeaders: new Headers(),
  requestBody: undefined,
  status,
  headers: new Headers({
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    'x-request-id': 'mine',
    ...headers,
  }),
  body: JSON.stringify(body),
});

test('finds nothing where all is as documented', () => {
  expect(checkExchange(answered(200, coupon))).toEqual([]);
  expect(checkExchange(answered(404, problem('COUPON_NOT_FOUND', 404)))).toEqual([]);
});

test.each([
  ['a status of no word', answered(418, {}), /status is not documented/],
  ['a code of another operation', answered(404, problem('ORDER_NOT_FOUND', 404)), /not as documented.*code/],
  ['a field that is missing', answered(200, { couponId: 'spring' }), /required/],
  ['a field that is null', answered(200, { ...coupon, name: null }), /name must be string/],
  ['a field nobody knows', answered(200, { ...coupon, secret: 1 }), /"secret"/],
  [
    'a header nobody knows',
    answered(404, problem('COUPON_NOT_FOUND', 404), { 'x-new': '1' }),
    /x-new is not documented/,
  ],
  ['a header that is missing', answered(503, problem('UNAVAILABLE', 503)), /Retry-After is documented, and not there/],
  ['another type', answered(404, problem('COUPON_NOT_FOUND', 404), { 'content-type': 'text/plain' }), /text\/plain/],
])('finds %s, and names the operation', (_, exchanged, fault) => {
  const [found, ...more] = checkExchange(exchanged).filter((line) => fault.test(line));
  expect(found).toMatch(/^GET \/api\/coupons\/\{couponId\} \(getCouponsByCouponId\) /);
  expect(more).toEqual([]);
});

const asked = (body: object, status: number, answer: object): Exchanged => ({
  ...answered(status, answer, { location: '/x', 'retry-after': '1' }),
  method: 'POST',
  url: new URL('http://x/api/coupons/spring/issue'),
  requestHeaders: new Headers({ 'content-type': 'application/json' }),
  requestBody: JSON.stringify(body),
});
const refusal = { ...problem('INVALID_REQUEST', 400), errors: [{ path: 'userId', message: 'no' }] };

test('finds what was taken, though the document refuses it', () => {
  expect(checkExchange(asked({ userId: 'a b' }, 202, {}))).toContainEqual(expect.stringMatching(/was taken.*userId/));
});

test('finds what was refused, though the document takes it', () => {
  expect(checkExchange(asked({ userId: 'ana' }, 400, refusal))).toContainEqual(
    expect.stringMatching(/was refused.*userId/),
  );
  expect(checkExchange(asked({ userId: 'a b' }, 400, refusal)).join()).not.toMatch(/was refused/);
});

test('an address of no route is nothing but not found', () => {
  const nowhere = { ...answered(200, {}), url: new URL('http://x/nowhere') };
  expect(checkExchange(nowhere)).toHaveLength(1);
  expect(checkExchange({ ...nowhere, status: 404, body: JSON.stringify(problem('NOT_FOUND', 404)) })).toEqual([]);
});
