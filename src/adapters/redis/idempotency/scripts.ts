import { script } from '../script.js';

/**
 * The first to come with a key begins; the same request meanwhile is running, and later is answered as the first was. One
 * that never ended may begin again. KEYS: key. ARGV: fingerprint, at, milliseconds to keep it, milliseconds it may run.
 */
export const beginScript = script(`
local found = redis.call('HMGET', KEYS[1], 'fingerprint', 'at', 'response')
if found[1] then
  if found[1] ~= ARGV[1] then return {'OtherRequest'} end
  if found[3] then return {'Answered', found[3]} end
  if tonumber(ARGV[2]) - tonumber(found[2]) < tonumber(ARGV[4]) then return {'Running'} end
end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'at', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {'First'}
`);

/** Keeps the first answer to a key that was begun. KEYS: key. ARGV: response, milliseconds to keep it. */
export const answerScript = script(`
if redis.call('HEXISTS', KEYS[1], 'fingerprint') == 1 and redis.call('HSETNX', KEYS[1], 'response', ARGV[1]) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return {'Kept'}
`);

/** Makes the next one the first again, unless there is an answer. KEYS: key. */
export const forgetScript = script(`
if redis.call('HEXISTS', KEYS[1], 'response') == 0 then redis.call('DEL', KEYS[1]) end
return {'Forgotten'}
`);
