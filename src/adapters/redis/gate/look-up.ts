import { option as O } from 'fp-ts';
import { type Admission, type GateInspection } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { items, text, textOrNull } from '../reply.js';
import { run } from '../script.js';
import { admissionOf, admissionsOf } from './admission-of.js';
import { couponKeys, inOrder, requestKey } from './keys.js';
import { inspectScript } from './scripts/inspect.js';

/** Follows the signpost to the coupon, which alone says whether the request is still pending. */
export const pending = async (connection: RedisConnection, requestId: string): Promise<O.Option<Admission>> => {
  const couponId = textOrNull(await connection.hot((redis) => redis.get(requestKey(requestId))));
  if (couponId === null) return O.none;
  const asked = textOrNull(await connection.hot((redis) => redis.hget(couponKeys(couponId).requests, requestId)));
  return asked === null ? O.none : O.some(admissionOf(couponId, requestId, asked));
};

export const requestOf = async (
  connection: RedisConnection,
  couponId: string,
  userId: string,
): Promise<O.Option<string>> => {
  const { holders, places } = couponKeys(couponId);
  const [held, placed] = items(
    await connection.hot((redis) => Promise.all([redis.hget(holders, userId), redis.hget(places, userId)])),
  );
  return O.fromNullable(textOrNull(held) ?? textOrNull(placed));
};

export const inspect = async (connection: RedisConnection, couponId: string): Promise<O.Option<GateInspection>> => {
  const keys = inOrder(couponKeys(couponId));
  const [revision, quantity, issued, requests] = items(await run(connection.steady, inspectScript, keys, []));
  if (revision === undefined) return O.none;
  return O.some({
    revision: Number(text(revision)),
    quantity: Number(text(quantity)),
    issued: Number(text(issued)),
    pending: admissionsOf(couponId, items(requests).map(textOrNull)),
  });
};
