import { taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type Begun, type IdempotencyKeys } from '../../../application/ports/idempotency.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { items, text } from '../reply.js';
import { run, type Script, script } from '../script.js';

/**
 * The first to come with a key begins; the same request meanwhile is running, and later is answered as the first was. One
 * that never ended may begin again. KEYS: key. ARGV: fingerprint, at, milliseconds to keep it, milliseconds it may run.
 */
const beginScript = script(`
local found = redis.call('HMGET', KEYS[1], 'fingerprint', 'at', 'response')
if found[1] then
  if found[1] ~= ARGV[1] then return {'OtherRequest'} end
  if found[3] then return {'Answered', found[3]} end
  if found[2] and tonumber(ARGV[2]) - tonumber(found[2]) < tonumber(ARGV[4]) then return {'Running'} end
end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'at', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
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
  const ask = <A>(
    script: Script,
    key: string,
    args: ReadonlyArray<string | number>,
    read: (reply: ReadonlyArray<unknown>) => A,
  ) =>
    TE.tryCatch(
      async () => read(items(await connection.needed((redis) => run(redis, script, [`idempotency:${key}`], args)))),
      (error): 'IdempotencyUnavailable' => {
        log.debug({ error: String(error) }, 'Idempotency keys in Redis did not answer');
        return 'IdempotencyUnavailable';
      },
    );
  const done = (): void => undefined;
  return {
    begin: (key, fingerprint, at) => ask(beginScript, key, [fingerprint, at, KEEP_MS, MAY_RUN_MS], begun),
    answer: (key, response) => ask(answerScript, key, [JSON.stringify(response), KEEP_MS], done),
    reopen: (key) => ask(reopenScript, key, [], done),
    forget: (key) => ask(forgetScript, key, [], done),
  };
};
