import { type Redis } from 'ioredis';
import { type Admission } from '../../../application/ports/admission-gate.js';
import { couponKeys, PENDING_MS } from './keys.js';

/**
 * Where requests of one id are to be found: a set of `coupon\nuser`, most often of one. On a cluster it lives apart from the
 * coupons, so it only points: the coupon's own keys say whether a request is pending.
 */
const signpostKey = (requestId: string): string => `gate:asked:${requestId}`;
type Asked = Pick<Admission, 'couponId' | 'userId' | 'requestId'>;
const written = ({ couponId, userId }: Asked): string => `${couponId}\n${userId}`;

/** Enough to see that several people use one id; all of them could be everybody. */
const MOST = 8;

/** When the request was made, if it is pending; else null. */
export const pendingSinceWhen = async (
  redis: Redis,
  { couponId, userId, requestId }: Asked,
): Promise<number | null> => {
  const at = await redis.zscore(couponKeys(couponId).pending, `${userId}\n${requestId}`);
  return at === null ? null : Number(at);
};

/** The requests of this id, as far as they are pending where the signpost points. */
export const follow = async (redis: Redis, requestId: string): Promise<ReadonlyArray<Admission>> => {
  const pointed = await redis.srandmember(signpostKey(requestId), MOST);
  const found = await Promise.all(
    pointed.map(async (where): Promise<ReadonlyArray<Admission>> => {
      const [couponId = '', userId = ''] = where.split('\n');
      const asked = { couponId, userId, requestId };
      const at = await pendingSinceWhen(redis, asked);
      return at === null ? [] : [{ ...asked, at }];
    }),
  );
  return found.flat();
};

export const putUp = async (redis: Redis, admission: Admission): Promise<void> => {
  const key = signpostKey(admission.requestId);
  await Promise.all([redis.sadd(key, written(admission)), redis.pexpire(key, PENDING_MS)]);
};

export const takeDown = async (redis: Redis, asked: Asked): Promise<void> => {
  await redis.srem(signpostKey(asked.requestId), written(asked));
};
