// node --import ./test/support/run-typescript.mjs test/adapters/redis/measure.ts redis://127.0.0.1:6379/9
import { option as O, taskEither as TE } from 'fp-ts';
import { connectRedis, redisAdmissionGate, redisReadModels } from '../../../src/adapters/redis/index.js';
import { accessTo } from './access-to.js';
import { silentLog } from './silent-log.js';

const url = process.argv[2] ?? 'redis://127.0.0.1:6379/9';
const connection = await connectRedis(accessTo(url), silentLog, { hotMs: 2_000 });
await connection.steady.flushdb();

const say = (what: string, count: number, since: number): void => {
  const seconds = (performance.now() - since) / 1_000;
  console.log(`${what}: ${Math.round(count / seconds)}/s (${count} in ${seconds.toFixed(2)} s)`);
};

/** `width` callers, each with its next call when the one before is answered. */
const inFlight = async (width: number, count: number, call: (n: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) await call(next++);
  };
  await Promise.all(Array.from({ length: width }, caller));
};

const state = (couponId: string, quantity: number) => ({
  couponId,
  revision: 0,
  quantity,
  opensAt: null,
  closesAt: null,
  status: 'Issuing' as const,
  sale: 'Open' as const,
  holders: couponId === 'large' ? Array.from({ length: 200_000 }, (_, n): [string, string] => [`u${n}`, `r${n}`]) : [],
});
const quantities = new Map([
  ['open', 10_000_000],
  ['small', 100],
  ['large', 1_000_000],
]);
const load = (couponId: string) =>
  TE.right(O.map((quantity: number) => state(couponId, quantity))(O.fromNullable(quantities.get(couponId))));
const { gate, close } = redisAdmissionGate(connection, load, silentLog);
const reserve = (couponId: string) => (n: number) =>
  gate.reserve({ couponId, userId: `user-${n}`, requestId: `${couponId}-${n}`, at: Date.now() })();

for (const round of [1, 2]) {
  const couponId = round === 1 ? 'open' : 'small';
  await reserve(couponId)(-1);
  const since = performance.now();
  await inFlight(64, 100_000, reserve(couponId));
  say(`reserve, 64 in flight, ${round === 1 ? 'all admitted' : 'nearly all sold out'}`, 100_000, since);
}
const loading = performance.now();
await reserve('large')(1_000_000);
say('load a coupon, holders', 200_000, loading);

const readModels = redisReadModels(connection, silentLog);
const build = { view: 'measured', version: 1, build: 1 };
let at = -1;
const writing = performance.now();
for (let batch = 0; batch < 100; batch += 1) {
  const writes = Array.from({ length: 1_000 }, (_, n) => {
    const id = `request-${batch * 1_000 + n}`;
    const document = {
      requestId: id,
      couponId: 'c',
      userId: `user-${n}`,
      status: 'SUCCESS',
      place: n,
      processedAt: batch,
    };
    return { id, document, entries: [{ index: 'refused-of-user', key: `c/user-${n}`, sort: batch }] };
  });
  await readModels.write(build, writes, { from: at, to: (at += 1_000) })();
}
say('projection documents, 1,000 a write, one index entry each', 100_000, writing);
close();
await connection.steady.flushdb();
await connection.close();
