import { option as O } from 'fp-ts';
import { type GateInspection } from '../../../application/ports/admission-gate.js';
import { type RedisConnection } from '../connection.js';
import { items, textOrNull, text, texts } from '../reply.js';
import { script, run } from '../script.js';
import { couponKeys, inOrder } from './keys.js';
import { admissionsOf } from './pending-since.js';
import { names } from './scripts/names.js';

/** All the gate holds of a coupon at one moment: revision, quantity, number of holders, pending. Empty when not loaded. */
const inspectScript = script(`${names}
local known = redis.call('HMGET', terms, 'revision', 'quantity')
if not known[1] then return {} end
return {known[1], known[2], redis.call('HLEN', holders), redis.call('ZRANGE', pending, 0, -1, 'WITHSCORES')}
`);
export const requestOf = async (
  connection: RedisConnection,
  couponId: string,
  userId: string,
): Promise<O.Option<string>> => {
  const { holders, places } = couponKeys(couponId);
  // In this order: who becomes a holder in between is found in either or both.
  const [placed, held] = items(
    await connection.hot((redis) => Promise.all([redis.hget(places, userId), redis.hget(holders, userId)])),
  );
  return O.fromNullable(textOrNull(held) ?? textOrNull(placed));
};
export const inspect = async (connection: RedisConnection, couponId: string): Promise<O.Option<GateInspection>> => {
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
