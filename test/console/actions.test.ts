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
const ofSchedules = z.object({ createSchedule: z.custom<(board: object) => Action>() });
/** Of a page, which is checked against what browsers have: by its name alone. */
const moduleOf = (name: string): Promise<unknown> => import(`../../web/console/src/actions/${name}.js`);

test('who changes the terms of a coupon sets no end that they did not change', async () => {
  const sent: unknown[] = [];
  const fetch = async (_: string, { body }: { readonly body: string }): Promise<Response> => {
    sent.push(JSON.parse(body));
    return Response.json({});
  };
  Object.assign(globalThis, { fetch });
  const { changeCouponTerms } = ofCoupons.parse(await moduleOf('coupons'));
  // Nobody has said when using it ends: it is shown to end with giving out, and goes on ending with it.
  const ends = { closesAt: '2026-12-01T12:00:30.000Z', usableUntil: '2026-12-01T12:00:30.000Z' };
  const { fields, request } = changeCouponTerms('spring', { name: 'Sprnig', challenge: 'NEVER', ...ends });
  const shown = Object.fromEntries(fields.map(({ name, value = '' }) => [name, value]));
  await request({ ...shown, name: 'Spring' }, 'a typo');
  await request({ ...shown, closesAt: '2026-12-01T22:00' }, 'an hour more');
  await request({ ...shown, usableUntil: '' }, 'for ever');
  const said = { name: 'Sprnig', challenge: 'NEVER' };
  expect(sent).toEqual([
    { ...said, name: 'Spring', reason: 'a typo' },
    { ...said, closesAt: new Date('2026-12-01T22:00').toISOString(), reason: 'an hour more' },
    { ...said, usableUntil: null, reason: 'for ever' },
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
