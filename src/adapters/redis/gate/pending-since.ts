import { type Admission } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { texts } from '../reply.js';
import { run, script } from '../script.js';
import { admissionsOf } from './admission-of.js';
import { COUPONS, couponKeys, inOrder, PENDING_MS } from './keys.js';
import { forgetting } from './scripts/forgetting.js';
import { names } from './scripts/names.js';

/**
 * Requests made before a moment and still pending, oldest first, as `user\\nrequest`, at. What is older than it may be kept
 * is forgotten on the way. ARGV: before, limit, forget up to.
 */
const pendingSinceScript = script(`${names}${forgetting}
forgetOld(ARGV[3])
return redis.call('ZRANGEBYSCORE', pending, '-inf', '(' .. ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
`);

const AT_ONCE = 50;
/** Terms live for a day and every load lists the coupon again: one not listed for three has nothing that still counts. */
const FORGET_COUPONS_MS = 3 * PENDING_MS;

/** Coupon by coupon, a few at a time: a sweep in the background must not hold up the gate. Oldest first within a coupon. */
export const pendingSince = async (
  connection: RedisConnection,
  now: number,
  before: number,
  limit: number,
): Promise<ReadonlyArray<Admission>> => {
  const { steady: redis } = connection;
  await redis.zremrangebyscore(COUPONS, '-inf', now - FORGET_COUPONS_MS);
  const coupons = texts(await redis.zrange(COUPONS, '0', '-1'));
  const ofCoupon = async (couponId: string): Promise<ReadonlyArray<Admission>> => {
    const keys = inOrder(couponKeys(couponId));
    const reply = await run(redis, pendingSinceScript, keys, [before, limit, now - PENDING_MS]);
    return admissionsOf(couponId, texts(reply));
  };
  const found: Admission[] = [];
  for (let from = 0; from < coupons.length && found.length < limit; from += AT_ONCE)
    found.push(...(await Promise.all(coupons.slice(from, from + AT_ONCE).map(ofCoupon))).flat());
  return found.slice(0, limit);
};
