import { z } from 'zod';
import { answering } from '../harness/answering.js';
import { openProduct, variables } from './container.js';
import { fillCoupon } from './coupons.js';
import { decideAll, publishAll } from './issue.js';

const job = z.object({ variables, coupons: z.number(), requests: z.number(), rounds: z.number() });

/** Rounds of deciding: requests for so many coupons, first all into the log, then timed from the log to the durable append. */
answering(job, async ({ variables: given, coupons, requests, rounds }) => {
  const container = await openProduct(given);
  const decided: unknown[] = [];
  for (let round = 0; round < rounds; round++) {
    const ids = Array.from({ length: coupons }, (_, n) => `hot-${round}-${n}`);
    for (const couponId of ids)
      await fillCoupon(container, couponId, { holders: 0, quantity: 10 * requests, snapshot: false });
    const asks = Array.from({ length: requests }, (_, n) => ({ couponId: ids[n % coupons] ?? '', n: n + 1 }));
    await publishAll(container, asks);
    decided.push(await decideAll(container, requests));
  }
  return decided;
});
