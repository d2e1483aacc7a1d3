import { type Log } from '../../../application/ports/log.js';
import { type RedisClient } from '../client.js';
import { type RedisConnection } from '../connection.js';
import { orFault, text } from '../reply.js';
import { runInTime, type Script } from '../script.js';
import { couponKeys, inOrder } from './keys.js';

export type Unavailable = 'GateUnavailable';

/** Runs `work`; whatever goes wrong with it means that the gate is not available now. */
export const asking = (log: Log) => orFault<Unavailable>(log, 'GateUnavailable', 'The gate in Redis did not answer');

interface Acting {
  readonly connection: RedisConnection;
  readonly redis: RedisClient;
  /** Behind those of the coupon. */
  readonly furtherKeys?: ReadonlyArray<string>;
}

/** One script on one coupon, which refuses to act once nobody waits for it any more. Rejects when it was refused as late. */
export const act = (
  { furtherKeys = [], ...acting }: Acting,
  script: Script,
  couponId: string,
  args: ReadonlyArray<string | number>,
): Promise<ReadonlyArray<unknown>> =>
  runInTime(acting, script, [...inOrder(couponKeys(couponId)), ...furtherKeys], args);

export const word = (reply: ReadonlyArray<unknown>): string => text(reply[0]);
