import { z } from 'zod';

const kept = (value: string) => ({ getItem: () => value });
const page = { location: { origin: 'http://shop.example', hash: '' }, addEventListener: () => undefined };
Object.assign(globalThis, { ...page, localStorage: kept('en'), sessionStorage: kept('') });

type Values = Readonly<Record<string, string>>;
interface Action {
  readonly fields: ReadonlyArray<{ readonly name: string; readonly value?: string }>;
  readonly request: (values: Values, reason: string) => Promise<unknown>;
  readonly effects: (values: Values) => ReadonlyArray<{ readonly before?: string; readonly after: string }>;
}
const ofCoupons = z.object({ changeCouponTerms: z.custom<(couponId: string, coupon: object) => Action>() });
const ofProducts = z.object({ changeLimits: z.custom<(productId: string, product: object) => Action>() });
const ofSchedules = z.object({
  createSchedule: z.custom<(board: object) => Action>(),
  changeSchedule: z.custom<(scheduleId: string, schedule: object) => Action>(),
});
const state = z.object({ board: z.custom<{ value: object | null }>() });
/** Of a page, which is checked against what browsers have: by its name alone. */
const moduleOf = (name: string): Promise<unknown> => import(`../../web/console/src/actions/${name}.js`);

const sent: unknown[] = [];
const fetch = async (_: string, { body }: { readonly body: string }): Promise<Response> => {
  sent.push(JSON.parse(body));
  return Response.json({});
};
Object.assign(globalThis, { fetch });
beforeEach(() => void sent.splice(0));

const shownIn = ({ fields }: Action): Values => Object.fromEntries(fields.map(({ name, value = '' }) => [name, value]));

test('who changes the terms of a coupon sets no term that they did not change', async () => {
  const { changeCouponTerms } = ofCoupons.parse(await moduleOf('coupons'));
  // Nobody has said when using it ends: it is shown to end with giving out, and goes on ending with it.
  const ends = { closesAt: '2026-12-01T12:00:30.000Z', usableUntil: '2026-12-01T12:00:30.000Z' };
  const change = changeCouponTerms('spring', { name: 'Sprnig', challenge: 'NEVER', ...ends });
  const { request } = change;
  const shown = shownIn(change);
  await request({ ...shown, name: 'Spring' }, 'a typo');
  await request({ ...shown, closesAt: '2026-12-01T22:00' }, 'an hour more');
  await request({ ...shown, usableUntil: '' }, 'for ever');
  expect(sent).toEqual([
    { name: 'Spring', reason: 'a typo' },
    { closesAt: new Date('2026-12-01T22:00').toISOString(), reason: 'an hour more' },
    { usableUntil: null, reason: 'for ever' },
  ]);
});

test('who changes one limit of a product leaves the others as somebody else has set them', async () => {
  const { changeLimits } = ofProducts.parse(await moduleOf('products'));
  const change = changeLimits('hat', { maxPerUser: 2, maxOpenHolds: 1, challenge: 'NEVER' });
  await change.request({ ...shownIn(change), maxPerUser: '4' }, 'more');
  await change.request({ ...shownIn(change), maxOpenHolds: '' }, 'as many as they like');
  expect(sent).toEqual([
    { maxPerUser: 4, reason: 'more' },
    { maxOpenHolds: null, reason: 'as many as they like' },
  ]);
});

test('who changes the limit of a waiting room sends the rest as it is by then', async () => {
  const { changeSchedule } = ofSchedules.parse(await moduleOf('schedules'));
  const { board } = state.parse(await moduleOf('../live/state'));
  const hall = { activeLimit: 500, activeTtlSeconds: 600, challenge: 'NEVER' };
  const change = changeSchedule('hall', hall);
  board.value = { schedules: { hall: { ...hall, activeLimit: 200, challenge: 'ALWAYS', admitPerSecond: 9 } } };
  await change.request({ ...shownIn(change), activeTtlSeconds: '300' }, 'faster');
  expect(sent).toEqual([
    { activeLimit: 200, activeTtlSeconds: 300, admitPerSecond: 9, challenge: 'ALWAYS', reason: 'faster' },
  ]);
});

test('who gives a new waiting room the id of another one is shown what that changes', async () => {
  const { createSchedule } = ofSchedules.parse(await moduleOf('schedules'));
  const hall = { activeLimit: 500, activeTtlSeconds: 600, active: 500, waiting: 9_000, challenge: 'NEVER' };
  const { effects } = createSchedule({ schedules: { hall } });
  expect(effects({ scheduleId: 'hall', activeLimit: '10' })).toContainEqual(
    expect.objectContaining({ before: '500', after: '10' }),
  );
  expect(effects({ scheduleId: 'annexe', activeLimit: '10' })).toEqual([{ what: expect.any(String), after: '10' }]);
});
