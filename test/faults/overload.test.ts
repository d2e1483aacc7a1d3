import { array as A } from 'fp-ts';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const coupon = { couponId: 'c', name: 'C', quantity: 10_000, discount: { kind: 'PERCENT', value: 5 } };

test('more than it can take is answered 503 with Retry-After, holds nothing, and is over as soon as the burst is', async () => {
  const server = await startInProcess(newDir(), { LOG_MAX_PENDING: '20' });
  await http(`${server.url}/api/coupons`, coupon);
  const answers = await Promise.all(
    Array.from({ length: 600 }, (_, n) => http(`${server.url}/api/coupons/c/issue`, { userId: `user-${n}` })),
  );
  const refused = answers.filter(({ status }) => status === 503);
  const accepted = answers.filter(({ status }) => status === 202);
  expect(refused.length).toBeGreaterThan(0);
  expect(accepted.length).toBe(600 - refused.length);
  for (const { headers, body } of refused) {
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect(body['code']).toBe('OVERLOADED');
  }
  const turnedAway = answers.flatMap(({ status }, n) => (status === 503 ? [`user-${n}`] : []));
  for (const few of A.chunksOf(10)(turnedAway)) {
    const again = await Promise.all(few.map((userId) => http(`${server.url}/api/coupons/c/issue`, { userId })));
    expect(again.map(({ body }) => body['code'] ?? 'ACCEPTED')).toEqual(few.map(() => 'ACCEPTED'));
  }
  await eventually(async () => expect((await http(`${server.url}/api/coupons/c`)).body['issued']).toBe(600));
  expect((await http(`${server.url}/admin/coupons/c/verify`)).body).toMatchObject({ verdict: 'PASS' });
  await server.stop();
});

test('more requests at once than it answers at once: 503 for the rest, and operators get through', async () => {
  const server = await startInProcess(newDir(), { MAX_IN_FLIGHT: '5' });
  await http(`${server.url}/api/coupons`, coupon);
  const burst = Promise.all(
    Array.from({ length: 300 }, (_, n) => http(`${server.url}/api/coupons/c/issue`, { userId: `user-${n}` })),
  );
  expect((await http(`${server.url}/health/ready`)).status).toBe(200);
  const codes = new Set((await burst).map(({ status }) => status));
  expect([...codes].sort()).toEqual([202, 503]);
  expect((await http(`${server.url}/api/coupons/c/issue`, { userId: 'later' })).status).toBe(202);
  await server.stop();
});
