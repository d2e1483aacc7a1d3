import { projectionOf } from '../../src/application/kernel/projection/projection.js';
import { allOutcomesView } from '../../src/application/operating/all-outcomes.js';
import { z } from 'zod';
import { rebuildProjection } from '../../src/application/kernel/projection/rebuild-projection.js';
import { couponProjections } from '../../src/application/coupon/coupon-projections.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { answering } from '../harness/answering.js';
import { must, openProduct, variables } from './container.js';
import { fillCoupon } from './coupons.js';

const COUPONS = 10;

/** Every view of coupons rebuilt from so many events, several times; the figures are in order of round. */
answering(
  z.object({ variables, events: z.number(), rounds: z.number() }),
  async ({ variables: given, events, rounds }) => {
    const container = await openProduct(given);
    for (let n = 0; n < COUPONS; n++)
      await fillCoupon(container, `filled-${n}`, { holders: events / COUPONS, quantity: events, snapshot: false });
    const rebuild = rebuildProjection({
      feed: container.get(Tokens.EventFeed),
      readModels: container.get(Tokens.ReadModels),
      leases: container.get(Tokens.Leases),
      clock: container.get(Tokens.Clock),
      log: container.get(Tokens.Log),
    });
    const rebuilt: unknown[] = [];
    for (let round = 0; round < rounds; round++)
      for (const projection of [...couponProjections, projectionOf(allOutcomesView)]) {
        const start = performance.now();
        const { events: folded } = await must(rebuild(projection));
        rebuilt.push({ view: projection.name, events: folded, wallMs: performance.now() - start });
      }
    return rebuilt;
  },
);
