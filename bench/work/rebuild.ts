import { z } from 'zod';
import { couponProjections } from '../../src/application/coupon/coupon-projections.js';
import { projectionOf } from '../../src/application/kernel/projection/projection.js';
import { rebuildProjection } from '../../src/application/kernel/projection/rebuild-projection.js';
import { allOutcomesView } from '../../src/application/operating/all-projections.js';
import { timelineProjections } from '../../src/application/operating/timeline/timelines.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { answering } from '../harness/answering.js';
import { must, openProduct, variables } from './container.js';
import { fillCoupon } from './coupons.js';

const COUPONS = 10;

/** Every view of coupons, and the timelines, rebuilt from so many events, several times; `compared`: in turns with events that are neither checked nor read as of today's version. The figures are in order of round. */
answering(
  z.object({ variables, events: z.number(), rounds: z.number(), compared: z.boolean() }),
  async ({ variables: given, events, rounds, compared }) => {
    const container = await openProduct(given);
    for (let n = 0; n < COUPONS; n++)
      await fillCoupon(container, `filled-${n}`, { holders: events / COUPONS, quantity: events, snapshot: false });
    const ports = {
      readModels: container.get(Tokens.ReadModels),
      leases: container.get(Tokens.Leases),
      clock: container.get(Tokens.Clock),
      log: container.get(Tokens.Logger),
    };
    const ways = {
      'as it is': rebuildProjection({
        ...ports,
        feed: container.get(Tokens.Feed),
        parkedStreams: container.get(Tokens.ParkedStreams),
      }),
      ...(compared && {
        'as stored': rebuildProjection({ ...ports, feed: container.get(Tokens.Engines).events.feed }),
      }),
    };
    const rebuilt: unknown[] = [];
    for (let round = 0; round < rounds; round++)
      for (const projection of [...couponProjections, ...timelineProjections, projectionOf(allOutcomesView)])
        for (const [read, rebuild] of Object.entries(ways)) {
          const [start, cpu] = [performance.now(), process.cpuUsage()];
          const { events: folded } = await must(rebuild(projection));
          const { user, system } = process.cpuUsage(cpu);
          const wallMs = performance.now() - start;
          rebuilt.push({ view: projection.name, read, events: folded, wallMs, cpuMs: (user + system) / 1_000 });
        }
    return rebuilt;
  },
);
