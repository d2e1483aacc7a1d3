import { option as O } from 'fp-ts';
import { type Redis } from 'ioredis';
import { type Admission } from '../../../application/ports/admission-gate.js';
import { run, script } from '../script.js';
import { couponKeys, PENDING_MS } from './keys.js';

/**
 * Where a request is to be found: its coupon and user. On a cluster it lives apart from the coupon, so it only points: the
 * coupon's own keys say whether the request is pending.
 */
const signpostKey = (requestId: string): string => `gate:request:${requestId}`;
type Asked = Pick<Admission, 'couponId' | 'userId' | 'requestId'>;
const written = ({ couponId, userId }: Asked): string => `${couponId}\n${userId}`;

const takeDownScript = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {}
`);

/** The request, if it is pending where its signpost points. */
export const follow = async (redis: Redis, requestId: string): Promise<O.Option<Admission>> => {
  const found = await redis.get(signpostKey(requestId));
  if (found === null) return O.none;
  const [couponId = '', userId = ''] = found.split('\n');
  const at = await redis.zscore(couponKeys(couponId).pending, `${userId}\n${requestId}`);
  return at === null ? O.none : O.some({ couponId, userId, requestId, at: Number(at) });
};

/** Should two people use one request id, it points to the first one's for as long as that is pending. */
export const putUp = async (redis: Redis, admission: Admission): Promise<void> => {
  const key = signpostKey(admission.requestId);
  if ((await redis.set(key, written(admission), 'PX', PENDING_MS, 'NX')) === 'OK') return;
  if (O.isNone(await follow(redis, admission.requestId))) await redis.set(key, written(admission), 'PX', PENDING_MS);
};

export const takeDown = async (redis: Redis, asked: Asked): Promise<void> => {
  await run(redis, takeDownScript, [signpostKey(asked.requestId)], [written(asked)]);
};
