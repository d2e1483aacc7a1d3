import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { couponStream } from '../../src/application/coupon/coupon-aggregate.js';
import { COUPON_EVENTS } from '../../src/application/kernel/messaging/topics.js';
import { NO_STREAM, type Revision } from '../../src/application/ports/event-store.js';
import { boundIn } from '../../src/infrastructure/container/bound-in.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { startRelaying } from '../../src/infrastructure/processes/followers.js';
import { answering } from '../harness/answering.js';
import { must, openProduct, variables } from './container.js';
import { requestOf, userOf } from './coupons.js';

const EVERY_MS = 10;
const GIVE_UP_MS = 30_000;

const eventOf = (couponId: string, n: number) => {
  // Other ids in every run: the log may hold what an earlier one left there.
  const id = randomUUID();
  const [userId, requestId] = [userOf(n), requestOf(couponId, n)];
  const event = { type: 'CouponIssued', couponId, userId, requestId, place: n + 1, at: 1 };
  return { id, event, metadata: { correlationId: id } };
};

/** Events into the store at an even pace; each is timed from its durable append to a consumer of the log. */
answering(z.object({ variables, perSecond: z.number(), seconds: z.number() }), async (job) => {
  const container = await openProduct(job.variables);
  const store = container.get(Tokens.EventStore);
  const recordedAt = new Map<string, number>();
  const arrivedAt = new Map<string, number>();
  const relay = await startRelaying(boundIn(container));
  const consumer = await must(
    container.get(Tokens.MessageLog).subscribe({
      topic: COUPON_EVENTS,
      group: `bench-${randomUUID()}`,
      handle: async ({ messages }) => {
        for (const { headers } of messages) arrivedAt.set(headers['event-id'] ?? '', performance.now());
      },
    }),
  );
  const couponId = 'relayed';
  let revision: Revision = NO_STREAM;
  const append = async (from: number, many: number): Promise<ReadonlyArray<string>> => {
    const events = Array.from({ length: many }, (_, n) => eventOf(couponId, from + n));
    ({ revision } = await must(store.append(couponStream(couponId), revision, events)));
    return events.map(({ id }) => id);
  };
  const arrived = async (ids: ReadonlyArray<string>): Promise<void> => {
    for (const deadline = Date.now() + GIVE_UP_MS; !ids.every((id) => arrivedAt.has(id)); await sleep(5))
      if (Date.now() > deadline)
        throw new Error(`${ids.filter((id) => arrivedAt.has(id)).length} of ${ids.length} events arrived`);
  };
  // From now on it is about how long one takes, and no longer about the start of those it passes.
  await arrived(await append(0, 1));
  const batch = (job.perSecond * EVERY_MS) / 1_000;
  const rounds = (job.seconds * 1_000) / EVERY_MS;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) {
    await sleep(start + round * EVERY_MS - performance.now());
    const ids = await append(1 + round * batch, batch);
    for (const id of ids) recordedAt.set(id, performance.now());
  }
  await arrived([...recordedAt.keys()]);
  await consumer.stop();
  await relay.stop();
  return [...recordedAt].map(([id, at]) => Math.max(0, (arrivedAt.get(id) ?? NaN) - at));
});
