import { z } from 'zod';
import { answering } from '../harness/answering.js';
import { openProduct } from './container.js';
import { fillCoupon } from './coupons.js';
import { type Ask, decideAll, publishAll } from './issue.js';

const SMALL = 1_000;

const job = z.object({
  directory: z.string(),
  couponId: z.string(),
  holders: z.number(),
  requests: z.number(),
  rounds: z.number(),
});

/** As many requests for small coupons, a thousand each, as for the large one; a round of each, in turns. */
answering(job, async ({ directory, couponId, holders, requests, rounds }) => {
  const container = await openProduct({ DATA_DIR: directory, COUPONS_IN_MEMORY: '5000000' });
  const salt = Date.now();
  const timed = async (asks: ReadonlyArray<Ask>): Promise<unknown> => {
    await publishAll(container, asks);
    return decideAll(container, asks.length);
  };
  // Loading it is another row.
  await timed([{ couponId, n: 9 * holders + (salt % 100_000_000) }]);
  const decided: unknown[] = [];
  for (let round = 0; round < rounds; round++) {
    const small: Ask[] = [];
    for (let n = 0; n < requests / SMALL; n++) {
      const id = `small-${salt}-${round}-${n}`;
      await fillCoupon(container, id, { holders: SMALL, quantity: 10 * SMALL, snapshot: true });
      for (let user = 0; user < SMALL; user++) small.push({ couponId: id, n: SMALL + 1 + user });
    }
    // The ids of users need only be new, here and in an earlier run on this directory.
    const from = 10 * holders + (salt % 100_000_000) + round * requests;
    const large = Array.from({ length: requests }, (_, n) => ({ couponId, n: from + n + 1 }));
    decided.push({ small: await timed(small), large: await timed(large) });
  }
  return decided;
});
