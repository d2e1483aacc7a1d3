import { randomInt } from 'node:crypto';
import { answerOf, type CouponOutcome, type CouponRequest } from '../../packages/client/src/index.js';
import { createSaleClient, type SaleClient } from '../../src/rehearsal/client/sale-client.js';
import { verdictOf } from '../../src/rehearsal/verdict.js';
import { eventually } from '../support/eventually.js';
import { startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const KILLS = 20;
const QUANTITY = 6_000;
const LANES = 32;
const FINAL_WITHIN_MS = 20_000;

const newDir = tempDirs();

/** What people were told, over all lives of the server. */
interface Told {
  readonly accepted: Map<string, string>;
  readonly finals: Map<string, CouponOutcome>;
}

const couponId = 'survivor';
let people = 0;

/** Asks as fast as it can until the server is gone or told to stop; who is accepted and who got a final answer is kept. */
const burst = async (client: SaleClient, { accepted, finals }: Told, signal: AbortSignal): Promise<void> => {
  const lane = async (): Promise<void> => {
    while (!signal.aborted) {
      const userId = `user-${(people += 1)}`;
      const { request } = await client.ask(couponId, userId, `r-${userId}`);
      if (request === null) continue;
      accepted.set(request.requestId, userId);
      if (people % 5 !== 0) continue;
      const final = await client.visitor.coupons.result(request);
      if (final.ok) finals.set(request.requestId, final.value);
    }
  };
  // A lane ends when its server is killed under it: nothing was promised to the call it was in.
  await Promise.allSettled(Array.from({ length: LANES }, lane));
};

const inLanes = async <A>(items: Iterable<A>, work: (item: A) => Promise<void>): Promise<void> => {
  const queue = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
};

const clientOf = (url: string): SaleClient => createSaleClient({ url, sockets: LANES, timeoutMs: 10_000 });

test('killed twenty times at random moments of a burst: every 202 is answered, no answer changes, exactly the quantity is issued', async () => {
  const directory = newDir();
  const told: Told = { accepted: new Map(), finals: new Map() };

  for (let life = 0; life < KILLS; life += 1) {
    const server = await startChildServer(directory);
    const client = clientOf(server.url);
    if (life === 0) await client.create(QUANTITY, couponId);
    const killed = new AbortController();
    const asking = burst(client, told, killed.signal);
    // In the middle of something, however slow the machine: some were promised an answer, and somebody had one.
    const [promises, answers] = [told.accepted.size + randomInt(11, 100), told.finals.size];
    await eventually(() => told.accepted.size >= promises && told.finals.size > answers);
    await server.kill('SIGKILL');
    killed.abort();
    await client.close();
    await asking;
  }
  expect(told.accepted.size).toBeGreaterThan(KILLS * 10);
  expect(told.finals.size).toBeGreaterThanOrEqual(KILLS);

  const server = await startChildServer(directory);
  const client = clientOf(server.url);
  while ((await client.coupon(couponId)).remaining > 0) {
    const asked: CouponRequest[] = [];
    await inLanes(Array.from({ length: 500 }), async () => {
      const userId = `user-${(people += 1)}`;
      const { request } = await client.ask(couponId, userId, `r-${userId}`);
      if (request === null) return;
      told.accepted.set(request.requestId, userId);
      asked.push(request);
    });
    await inLanes(asked, async (request) => void (await client.awaitOutcome(request, FINAL_WITHIN_MS)));
  }

  const finals = new Map<string, CouponOutcome>();
  await inLanes(told.accepted, async ([requestId, userId]) => {
    finals.set(requestId, await client.awaitOutcome({ requestId, couponId, userId }, FINAL_WITHIN_MS));
  });
  const answered = [...finals.values()];
  for (const [requestId, before] of told.finals) expect(finals.get(requestId)).toEqual(before);
  expect(answered.every(({ requestId, userId }) => told.accepted.get(requestId) === userId)).toBe(true);
  expect(await client.coupon(couponId)).toMatchObject({ issued: QUANTITY, remaining: 0 });
  expect(await verdictOf(client, 'coupons', couponId)).toEqual({ verdict: 'PASS', reasons: [] });
  const projection = { params: { path: { name: 'outcomes' as const } } };
  const verified = await answerOf(client.operator.api.GET('/admin/projections/{name}/verify', projection));
  expect(verified).toMatchObject({ ok: true, value: { verdict: 'PASS' } });
  await client.close();
  expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
});
