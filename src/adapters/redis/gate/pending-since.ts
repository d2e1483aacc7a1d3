import { type Admission, type PendingPage } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { texts } from '../reply.js';
import { script, run } from '../script.js';
import { PENDING_MS, COUPONS, inOrder, couponKeys } from './keys.js';
import { forgetting } from './scripts/forgetting.js';
import { names } from './scripts/names.js';

/** From a flat list of `user\nrequest`, at: what is pending of a coupon. */
export const admissionsOf = (couponId: string, flat: ReadonlyArray<string>): ReadonlyArray<Admission> =>
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
export const pendingSince = async (
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
