import { function as F, option as O, taskEither as TE } from 'fp-ts';
import { type Admission, type AdmissionGate, type LoadGateState } from '../../../application/ports/admission-gate.js';
import { type GateMemory } from '../../../application/ports/gate-memory.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { script, unlessLate } from '../script.js';
import { act, asking as askingWith, word } from './act.js';
import { apply } from './apply.js';
import { redisGateMemory } from './gate-memory.js';
import { couponKeys, COUPONS, PENDING_MS } from './keys.js';
import { loadCoupon } from './loader.js';
import { onceAtATime } from './once-at-a-time.js';
import { pendingSinceWhen, requestIndex } from './request-index.js';
import { reserve } from './reserve.js';
import { names } from './scripts/names.js';
import { pendingSince } from './pending-since.js';
import { requestOf, inspect } from './inspect.js';

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
