import { function as F, option as O, taskEither as TE } from 'fp-ts';
import {
  type Admission,
  type AdmissionGate,
  type GateInspection,
  type GateMemory,
  type LoadGateState,
  type PendingPage,
} from '../../../application/ports/admission-gate.js';
import { type Log } from '../../../application/ports/ports.js';
import { type RedisConnection } from '../connection.js';
import { items, text, textOrNull, texts } from '../reply.js';
import { run, script, unlessLate } from '../script.js';
import { act, asking as askingWith, word } from './act.js';
import { apply } from './apply.js';
import { redisGateMemory } from './gate-memory.js';
import { couponKeys, COUPONS, inOrder, PENDING_MS } from './keys.js';
import { loadCoupon } from './loader.js';
import { onceAtATime } from './once-at-a-time.js';
import { pendingSinceWhen, requestIndex } from './request-index.js';
import { reserve } from './reserve.js';
import { forgetting } from './scripts/forgetting.js';
import { names } from './scripts/names.js';

/** From a flat list of `user\nrequest`, at: what is pending of a coupon. */
const admissionsOf = (couponId: string, flat: ReadonlyArray<string>): ReadonlyArray<Admission> =>
  flat.flatMap((asked, index) => {
    if (index % 2 === 1) return [];
    const [userId = '', requestId = ''] = asked.split('\n');
    return [{ couponId, userId, requestId, at: Number(flat[index + 1]) }];
  });

/**
 * Requests made before a moment and still pending, oldest first, as `user\\nrequest`, at. What is older than it may be kept
 * is forgotten on the way. With the last one known only those behind it; where it is pending no more, from its time on.
 * ARGV: before, limit, forget up to, the last one known or '', at.
 */
const pendingSinceScript = script(`${names}${forgetting}
forgetOld(ARGV[3])
local from, known = '-inf', 0
if ARGV[4] ~= '' then
  from = ARGV[5]
  for at, each in ipairs(redis.call('ZRANGEBYSCORE', pending, from, from)) do
    if each == ARGV[4] then known = at end
  end
end
return redis.call('ZRANGEBYSCORE', pending, from, '(' .. ARGV[1], 'WITHSCORES', 'LIMIT', known, ARGV[2])
`);

const AT_ONCE = 50;
/** Terms live for a day and every load lists the coupon again: one not listed for three has nothing that still counts. */
const FORGET_COUPONS_MS = 3 * PENDING_MS;

interface Sought {
  readonly before: number;
  readonly limit: number;
  readonly cursor: string | null;
}

const cursorOf = ({ couponId, userId, requestId, at }: Admission): string =>
  [couponId, at, userId, requestId].join('\n');

/**
 * Coupon by coupon, a few at a time: a sweep in the background must not hold up the gate. In order of their ids, which stays
 * as it is from call to call; oldest first within a coupon.
 */
const pendingSince = async (
  connection: RedisConnection,
  now: number,
  { before, limit, cursor }: Sought,
): Promise<PendingPage> => {
  const { steady: redis } = connection;
  const [lastCoupon = '', at = '', ...lastAsked] = cursor?.split('\n') ?? [];
  await redis.zremrangebyscore(COUPONS, '-inf', now - FORGET_COUPONS_MS);
  const coupons = texts(await redis.zrange(COUPONS, '0', '-1'))
    .filter((couponId) => couponId >= lastCoupon)
    .sort();
  const ofCoupon = async (couponId: string): Promise<ReadonlyArray<Admission>> => {
    const keys = inOrder(couponKeys(couponId));
    const behind = couponId === lastCoupon ? [lastAsked.join('\n'), at] : ['', ''];
    const reply = await run(redis, pendingSinceScript, keys, [before, limit, now - PENDING_MS, ...behind]);
    return admissionsOf(couponId, texts(reply));
  };
  const found: Admission[] = [];
  for (let from = 0; from < coupons.length && found.length < limit; from += AT_ONCE)
    found.push(...(await Promise.all(coupons.slice(from, from + AT_ONCE).map(ofCoupon))).flat());
  const items = found.slice(0, limit);
  const last = items.length < limit ? undefined : items.at(-1);
  return { items, nextCursor: last === undefined ? null : cursorOf(last) };
};

/** All the gate holds of a coupon at one moment: revision, quantity, number of holders, pending. Empty when not loaded. */
const inspectScript = script(`${names}
local known = redis.call('HMGET', terms, 'revision', 'quantity')
if not known[1] then return {} end
return {known[1], known[2], redis.call('HLEN', holders), redis.call('ZRANGE', pending, 0, -1, 'WITHSCORES')}
`);

const requestOf = async (connection: RedisConnection, couponId: string, userId: string): Promise<O.Option<string>> => {
  const { holders, places } = couponKeys(couponId);
  const [held, placed] = items(
    await connection.hot((redis) => Promise.all([redis.hget(holders, userId), redis.hget(places, userId)])),
  );
  return O.fromNullable(textOrNull(held) ?? textOrNull(placed));
};

const inspect = async (connection: RedisConnection, couponId: string): Promise<O.Option<GateInspection>> => {
  const keys = inOrder(couponKeys(couponId));
  const [revision, quantity, issued, pending] = items(await run(connection.steady, inspectScript, keys, []));
  if (revision === undefined) return O.none;
  return O.some({
    revision: Number(text(revision)),
    quantity: Number(text(quantity)),
    issued: Number(text(issued)),
    pending: admissionsOf(couponId, texts(pending)),
  });
};

/**
 * Puts a request back that is known to be in the log, whatever the terms, loaded or not. One known to have led to the
 * coupon is left alone; a user who has a place by another request keeps that one. Repeating it changes nothing.
 * ARGV: deadline, userId, requestId, at.
 */
const restoreScript = script(`${unlessLate}${names}
local user, request = ARGV[2], ARGV[3]
local held = redis.call('HGET', holders, user)
if held == request then return {'Decided'} end
redis.call('ZADD', pending, 'NX', ARGV[4], asked(user, request))
if not held then redis.call('HSETNX', places, user, request) end
return {'Restored'}
`);

/**
 * Takes this request's place back, nobody else's; a holder keeps the coupon. Repeating it changes nothing.
 * ARGV: deadline, userId, requestId.
 */
const releaseScript = script(`${unlessLate}${names}
local user, request = ARGV[2], ARGV[3]
redis.call('ZREM', pending, asked(user, request))
if redis.call('HGET', places, user) == request then redis.call('HDEL', places, user) end
return {'Released'}
`);

export interface RedisAdmissionGate {
  readonly gate: AdmissionGate;
  readonly memory: GateMemory;
  readonly close: () => void;
}

/** A caller waits so long for a coupon to be loaded, then goes on without the gate. */
const LOAD_WAIT_MS = 3_000;

/**
 * The gate in Redis, shared by all processes. What is stored there may vanish at any time: terms and holders come back
 * from events by themselves, pending requests by `restore`, and until they are, none of them is denied (see GateMemory).
 */
export const redisAdmissionGate = (
  connection: RedisConnection,
  load: LoadGateState,
  log: Log,
  now: () => number = Date.now,
): RedisAdmissionGate => {
  const memory = redisGateMemory(connection, log);
  const asking = askingWith(log);
  const release = (admission: Admission): Promise<unknown> =>
    connection.hot(async (redis) => {
      const { couponId, userId, requestId } = admission;
      await act({ connection, redis }, releaseScript, couponId, [userId, requestId]);
      await requestIndex.remove(redis, admission);
    });
  const restore = (admission: Admission): Promise<unknown> =>
    connection.hot(async (redis) => {
      const { couponId, userId, requestId, at } = admission;
      await redis.zadd(COUPONS, now(), couponId);
      const answer = word(await act({ connection, redis }, restoreScript, couponId, [userId, requestId, at]));
      if (answer === 'Restored') await requestIndex.add(redis, admission);
    });
  const isKept = (at: number): boolean => at > now() - PENDING_MS;
  const pending = async (requestId: string): Promise<O.Option<ReadonlyArray<Admission>>> => {
    let found: ReadonlyArray<Admission> = [];
    await connection.hot(async (redis) => {
      found = (await requestIndex.find(redis, requestId)).filter(({ at }) => isKept(at));
    });
    return found.length === 0 ? O.none : O.some(found);
  };
  const isPending = async (asked: Omit<Admission, 'at'>): Promise<O.Option<true>> => {
    let found: O.Option<true> = O.none;
    await connection.hot(async (redis) => {
      const at = await pendingSinceWhen(redis, asked);
      if (at !== null && isKept(at)) found = O.some(true);
    });
    return found;
  };
  const gate: AdmissionGate = {
    reserve: reserve({
      connection,
      load: onceAtATime(loadCoupon(connection, load, now), LOAD_WAIT_MS),
      asking,
      missed: memory.suspect,
    }),
    release: (admission) => asking(async () => void (await release(admission))),
    pending: (requestId) =>
      TE.map(O.getOrElse((): ReadonlyArray<Admission> => []))(asking(() => memory.believing(() => pending(requestId)))),
    isPending: (asked) =>
      F.pipe(
        asking(() => memory.believing(() => isPending(asked))),
        TE.map((found) => O.isSome(found)),
      ),
    requestOf: (couponId, userId) => asking(() => memory.believing(() => requestOf(connection, couponId, userId))),
    restore: (admission) => asking(async () => void (await restore(admission))),
    apply: (changes) => asking(() => apply(connection, changes)),
    pendingSince: (before, limit, cursor = null) =>
      asking(() => pendingSince(connection, now(), { before, limit, cursor })),
    inspect: (couponId) => asking(() => inspect(connection, couponId)),
    drop: (couponId) =>
      asking(async () => void (await connection.hot((redis) => redis.del(couponKeys(couponId).terms)))),
  };
  return { gate, memory, close: memory.close };
};
