import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { couponStream } from '../../src/application/coupon/coupon-streams.js';
import { COUPON_EVENTS } from '../../src/application/messaging/topics.js';
import { NO_STREAM, type Revision } from '../../src/application/ports/event-store.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { startRelaying } from '../../src/infrastructure/processes/relay.js';
import { answering } from '../harness/answering.js';
import { must, openProduct, variables } from './container.js';
import { requestOf, userOf } from './coupons.js';

const EVERY_MS = 10;
const GIVE_UP_MS = 30_000;

/** Events into the store at an even pace; each is timed from its durable append to a consumer of the log. */
answering(z.object({ variables, perSecond: z.number(), seconds: z.number() }), async (job) => {
  const container = await openProduct(job.variables);
  const store = container.get(Tokens.EventStore);
  const recordedAt = new Map<string, number>();
  const arrivedAt = new Map<string, number>();
  const relay = await startRelaying(container);
  const consumer = await must(
    container.get(Tokens.MessageLog).subscribe({
      topic: COUPON_EVENTS,
      group: 'bench',
      handle: async ({ messages }) => {
        for (const { headers } of messages) arrivedAt.set(headers['event-id'] ?? '', performance.now());
      },
    }),
  );
  const batch = (job.perSecond * EVERY_MS) / 1_000;
  const rounds = (job.seconds * 1_000) / EVERY_MS;
  const couponId = 'relayed';
  let revision: Revision = NO_STREAM;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) {
    await sleep(start + round * EVERY_MS - performance.now());
    const events = Array.from({ length: batch }, (_, i) => {
      const n = round * batch + i;
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      const issued = {
        type: 'CouponIssued',
        couponId,
        userId: userOf(n),
        requestId: requestOf(couponId, n),
        place: n + 1,
        at: 1,
      };
      return { id, event: issued, metadata: { correlationId: id } };
    });
    ({ revision } = await must(store.append(couponStream(couponId), revision, events)));
    for (const { id } of events) recordedAt.set(id, performance.now());
  }
  for (const deadline = Date.now() + GIVE_UP_MS; arrivedAt.size < recordedAt.size; await sleep(5))
    if (Date.now() > deadline) throw new Error(`${arrivedAt.size} of ${recordedAt.size} events arrived`);
  await consumer.stop();
  await relay.stop();
  return [...recordedAt].map(([id, at]) => Math.max(0, (arrivedAt.get(id) ?? NaN) - at));
});
