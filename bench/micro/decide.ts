import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { decideCouponRequests } from '../../src/application/coupon/decide-coupon-requests.js';
import { couponAggregate } from '../../src/application/coupon/coupon-aggregate.js';
import { couponRequestMessage } from '../../src/application/coupon/coupon-request-message.js';
import { loadAggregate } from '../../src/application/handling/load-aggregate.js';
import { type EventStore } from '../../src/application/ports/event-store.js';
import { type LoggedMessage } from '../../src/application/ports/message-log.js';
import { type Snapshots } from '../../src/application/ports/snapshots.js';
import { evolve } from '../../src/domain/coupon/coupon.js';

/** What deciding costs by itself: the store appends for nothing. `node --expose-gc --import ./test/support/run-typescript.mjs bench/micro/decide.ts` */
const BATCH = 500;
const HOLDERS = 1_000_000;
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const unused = TE.left('LogUnavailable' as const);
const terms = {
  couponId: 'c',
  name: 'n',
  quantity: 10 * HOLDERS,
  discount: { kind: 'AMOUNT', value: 1 },
  opensAt: null,
  closesAt: null,
  eventId: null,
  at: 0,
} as const;

const user = (n: number): string => `user-${n}`;
const request = (n: number): string => `018f3a3e-7b1c-7000-8000-${String(n).padStart(12, '0')}`;

const holding = (count: number) => {
  let coupon = evolve(couponAggregate.initial, { type: 'CouponCreated', ...terms });
  for (let n = 0; n < count; n++)
    coupon = evolve(coupon, {
      type: 'CouponIssued',
      couponId: 'c',
      userId: user(n),
      requestId: request(n),
      place: n + 1,
      at: 0,
    });
  return coupon;
};

/** A store in which the coupon has just been created, or stands where its snapshot left it. */
const storeAt = (holders: number): EventStore => ({
  lastRevision: () => TE.right(-1),
  keepFor: () => TE.right(undefined),
  readStream: (streamId, from) =>
    TE.right(
      streamId === 'coupon-c'
        ? [
            {
              id: 'e',
              streamId,
              revision: Math.max(from, holders),
              position: 0,
              recordedAt: 0,
              metadata: { correlationId: '' },
              event: { type: 'CouponCreated', ...terms },
            },
          ]
        : [],
    ),
  append: (_, expected, events) => TE.right({ revision: expected + events.length, position: expected }),
});
const written: string[] = [];
const snapshots: Snapshots = {
  save:
    ({ chunks }) =>
    async () => {
      for await (const chunk of chunks) written.push(JSON.stringify(chunk));
      return E.right(undefined);
    },
  load: (streamId, version) => async () => {
    if (streamId !== 'coupon-c' || written.length === 0) return E.right(O.none);
    async function* chunks() {
      for (const chunk of written) yield JSON.parse(chunk);
    }
    return E.right(O.some({ streamId, version, revision: HOLDERS, chunks: chunks() }));
  },
};

const batches = (count: number, from: number): ReadonlyArray<ReadonlyArray<LoggedMessage>> =>
  Array.from({ length: count }, (_, b) =>
    Array.from({ length: BATCH }, (_, i) => {
      const n = from + b * BATCH + i;
      const admission = { couponId: 'c', userId: user(n), requestId: request(n), at: 1 };
      return {
        ...couponRequestMessage(admission, { correlationId: request(n) }),
        topic: 't',
        partition: 0,
        offset: n,
        loggedAt: 1,
      };
    }),
  );

const rate = async (holders: number): Promise<number> => {
  const decide = decideCouponRequests({
    eventStore: storeAt(holders),
    snapshots,
    logger,
    clock: { now: Date.now, wakeAt: () => silent },
    metrics: { count: silent, gauge: silent, observe: silent },
    snapshotKeeper: { offer: (_, __, loaded) => loaded, settled: async () => undefined },
    log: {
      publish: () => TE.left('PublishFailed' as const),
      ensureTopics: () => unused,
      subscribe: () => unused,
      read: () => unused,
      lag: () => unused,
    },
  });
  const warm = batches(40, holders);
  const measured = batches(100, holders + 40 * BATCH);
  for (const messages of warm) await decide({ topic: 't', partition: 0, messages });
  const start = performance.now();
  for (const messages of measured) await decide({ topic: 't', partition: 0, messages });
  return (100 * BATCH * 1_000) / (performance.now() - start);
};

console.log(`decisions/s, new coupon: ${Math.round(await rate(0))}`);

const ticks: number[] = [];
let last = performance.now();
let encoding = true;
const tick = (): void => {
  ticks.push(performance.now() - last);
  last = performance.now();
  if (encoding) setImmediate(tick);
};
{
  const big = holding(HOLDERS);
  last = performance.now();
  tick();
  const start = performance.now();
  async function* pieces() {
    for (const piece of couponAggregate.snapshots?.encode(big) ?? []) {
      yield piece;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await snapshots.save({ streamId: 'coupon-c', version: 1, revision: HOLDERS, chunks: pieces() })();
  encoding = false;
  console.log(
    `snapshot of ${HOLDERS}: ${Math.round(performance.now() - start)} ms, longest stall ${Math.max(...ticks).toFixed(1)} ms`,
  );
}
globalThis.gc?.();
const heap = process.memoryUsage().heapUsed;
const start = performance.now();
const loaded = await loadAggregate({ eventStore: storeAt(HOLDERS), snapshots, logger })(couponAggregate, 'coupon-c')();
const took = performance.now() - start;
globalThis.gc?.();
console.log(
  `load of ${HOLDERS}: ${Math.round(took)} ms, ${Math.round((process.memoryUsage().heapUsed - heap) / 1e6)} MB`,
  E.isRight(loaded) && loaded.right.revision,
);
console.log(`decisions/s at ${HOLDERS} holders: ${Math.round(await rate(HOLDERS))}`);
