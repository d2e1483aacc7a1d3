import { type CouponRequest } from '../../packages/client/src/index.js';
import { createSaleClient } from '../../src/rehearsal/client/sale-client.js';
import { eventually } from '../support/eventually.js';
import { startChildServer } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const coupon = { couponId: 'c', name: 'C', quantity: 100_000, discount: { kind: 'PERCENT', value: 5 } };

test('told to stop in the middle of a burst it answers what it took, ends with 0, and keeps every promise', async () => {
  const directory = newDir();
  const server = await startChildServer(directory);
  const client = createSaleClient({ url: server.url, sockets: 32, timeoutMs: 3_000 });
  await client.create(coupon.quantity, 'c');
  const accepted: CouponRequest[] = [];
  const lanes = Array.from({ length: 32 }, async (_, lane) => {
    for (let n = 0; ; n += 1) {
      const { request } = await client.ask('c', `user-${lane}-${n}`, `r-${lane}-${n}`);
      if (request !== null) accepted.push(request);
    }
  });
  const asked = Promise.allSettled(lanes);
  await eventually(() => accepted.length > 200);
  const ended = await server.kill('SIGTERM');
  await client.close();
  await asked;
  expect(ended).toMatchObject({ code: 0, stderr: '' });

  const next = await startChildServer(directory);
  const later = createSaleClient({ url: next.url, sockets: 8, timeoutMs: 10_000 });
  for (const request of accepted) {
    expect((await later.awaitOutcome(request, 20_000)).status).toBe('SUCCESS');
  }
  await later.close();
  expect((await next.kill('SIGINT')).code).toBe(0);
});

test('who waits for an answer when it stops is told what is known, at once', async () => {
  const server = await startChildServer(newDir(), { DRAIN_NOTICE_MS: '300' });
  await http(`${server.url}/api/coupons`, coupon);
  const idle = http(`${server.url}/api/coupons/c/issue-status?userId=nobody`, undefined, { prefer: 'wait=30' });
  expect((await idle).body).toMatchObject({ status: 'NOT_REQUESTED' });
  const ending = server.kill('SIGTERM');
  await eventually(async () => expect((await http(`${server.url}/health/ready`)).status).toBe(503));
  expect((await ending).code).toBe(0);
});
