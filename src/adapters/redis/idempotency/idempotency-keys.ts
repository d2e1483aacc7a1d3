import { z } from 'zod';
import { type Begun, type IdempotencyKeys } from '../../../application/ports/idempotency.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { items, orFault, text } from '../reply.js';
import { run, runInTime, type Script, script, unlessLate } from '../script.js';

/**
 * The first to come with a key begins; the same request meanwhile is running, and later is answered as the first was. One
 * that never ended may begin again. What comes too late begins nothing: its caller was refused, and would find it running.
 * KEYS: key. ARGV: deadline, fingerprint, at, milliseconds to keep it, milliseconds it may run.
 */
const beginScript = script(`${unlessLate}
local found = redis.call('HMGET', KEYS[1], 'fingerprint', 'at', 'response')
if found[1] then
  if found[1] ~= ARGV[2] then return {'OtherRequest'} end
  if found[3] then return {'Answered', found[3]} end
  if found[2] and tonumber(ARGV[3]) - tonumber(found[2]) < tonumber(ARGV[5]) then return {'Running'} end
end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[2], 'at', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {'First'}
`);

/** Keeps the first answer to a key that was begun. KEYS: key. ARGV: response, milliseconds to keep it. */
const answerScript = script(`
if redis.call('HEXISTS', KEYS[1], 'fingerprint') == 1 and redis.call('HSETNX', KEYS[1], 'response', ARGV[1]) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return {'Kept'}
`);

/** The same request may begin again at once. KEYS: key. */
const reopenScript = script(`
redis.call('HDEL', KEYS[1], 'at')
return {'Open'}
`);

/** Makes the next one the first again, unless there is an answer. KEYS: key. */
const forgetScript = script(`
if redis.call('HEXISTS', KEYS[1], 'response') == 0 then redis.call('DEL', KEYS[1]) end
return {'Forgotten'}
`);

const KEEP_MS = 24 * 60 * 60 * 1_000;
const MAY_RUN_MS = 60_000;
const keyOf = (key: string): string => `idempotency:${key}`;

const storedResponse = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

const begun = (reply: ReadonlyArray<unknown>): Begun => {
  const answer = text(reply[0]);
  switch (answer) {
    case 'First':
    case 'Running':
    case 'OtherRequest':
      return { begun: answer };
    case 'Answered':
      return { begun: answer, response: storedResponse.parse(JSON.parse(text(reply[1]))) };
    default:
      throw new Error(`Unknown answer of the idempotency keys: ${answer}`);
  }
};

/** Idempotency keys in Redis, shared by all processes. A wiped Redis knows none: what they guard is idempotent by its own ids. */
export const redisIdempotencyKeys = (connection: RedisConnection, log: Log): IdempotencyKeys => {
  const asking = orFault(log, 'IdempotencyUnavailable', 'Idempotency keys in Redis did not answer');
  const begin = (key: string, args: ReadonlyArray<string | number>): Promise<unknown> =>
    connection.needed((redis) => runInTime({ connection, redis, sent: 'needed' }, beginScript, [keyOf(key)], args));
  const end = (script: Script, key: string, args: ReadonlyArray<string | number> = []) =>
    asking(async () => void (await connection.needed((redis) => run(redis, script, [keyOf(key)], args))));
  return {
    begin: (key, fingerprint, at) =>
      asking(async () => begun(items(await begin(key, [fingerprint, at, KEEP_MS, MAY_RUN_MS])))),
    answer: (key, response) => end(answerScript, key, [JSON.stringify(response), KEEP_MS]),
    reopen: (key) => end(reopenScript, key),
    forget: (key) => end(forgetScript, key),
  };
};
