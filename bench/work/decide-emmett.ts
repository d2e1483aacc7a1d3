import { z } from 'zod';
import { emmettCoupons } from '../compared/emmett-coupon.js';
import { answering } from '../harness/answering.js';

/** Commands on one stream that has so many events already. */
answering(z.object({ holders: z.number(), requests: z.number() }), async ({ holders, requests }) => {
  const { create, fill, issue } = emmettCoupons();
  const askOf = (n: number) => ({ couponId: 'c', userId: `user-${n}`, requestId: `request-${n}` });
  await create('c', 10 * (holders + requests));
  await fill(
    'c',
    Array.from({ length: holders }, (_, n) => askOf(n)),
  );
  const start = performance.now();
  await Promise.all(Array.from({ length: requests }, (_, n) => issue(askOf(holders + n))));
  return { wallMs: performance.now() - start };
});
