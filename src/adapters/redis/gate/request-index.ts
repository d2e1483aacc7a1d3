import { type RedisClient } from '../client.js';
import { type Admission } from '../../../application/ports/admission-gate.js';
import { couponKeys, PENDING_MS } from './keys.js';

/**
 * The coupons and users of one request id: a set of `coupon\nuser`, most often of one. On a cluster it lives apart from the
 * coupons, so it is only an index: the coupon's own keys say whether a request is pending.
 */
const indexKey = (requestId: string): string => `gate:asked:${requestId}`;
type Asked = Pick<Admission, 'couponId' | 'userId' | 'requestId'>;
const entryOf = ({ couponId, userId }: Asked): string => `${couponId}\n${userId}`;

/** Enough to see that several people use one id; there may be very many of them. */
const MOST_READ = 8;

/** When the request was made, if it is pending; else null. */
export const pendingSinceWhen = async (
  redis: RedisClient,
  { couponId, userId, requestId }: Asked,
): Promise<number | null> => {
  const at = await redis.zscore(couponKeys(couponId).pending, `${userId}\n${requestId}`);
  return at === null ? null : Number(at);
};

const find = async (redis: RedisClient, requestId: string): Promise<ReadonlyArray<Admission>> => {
  const entries = await redis.srandmember(indexKey(requestId), MOST_READ);
  const found = await Promise.all(
    entries.map(async (entry): Promise<ReadonlyArray<Admission>> => {
      const [couponId = '', userId = ''] = entry.split('\n');
      const asked = { couponId, userId, requestId };
      const at = await pendingSinceWhen(redis, asked);
      return at === null ? [] : [{ ...asked, at }];
    }),
  );
  return found.flat();
};

const add = async (redis: RedisClient, admission: Admission): Promise<void> => {
  const key = indexKey(admission.requestId);
  await Promise.all([redis.sadd(key, entryOf(admission)), redis.pexpire(key, PENDING_MS)]);
};

const remove = async (redis: RedisClient, asked: Asked): Promise<void> => {
  await redis.srem(indexKey(asked.requestId), entryOf(asked));
};

export const requestIndex = { keyOf: indexKey, entryOf, add, find, remove };
