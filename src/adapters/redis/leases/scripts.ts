import { script, unlessLate } from '../script.js';

/**
 * Takes a lease nobody holds, with a number higher than every holder's before; or says how long it may still be held. Asked
 * again by its holder (a lost reply) it answers the same number. The number follows the clock, so that it grows even after
 * Redis forgot the last one. Too late it takes nothing: nobody would hold it. KEYS: lease, numbers. ARGV: deadline, token,
 * milliseconds.
 */
export const takeScript = script(`${unlessLate}
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[2] then return {'Held', redis.call('PTTL', KEYS[1])} end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if not holder then
  local last = tonumber(redis.call('GET', KEYS[2]) or '0')
  redis.call('SET', KEYS[2], string.format('%.0f', math.max(last + 1, clock[1] * 1000000 + clock[2])))
end
return {'Taken', redis.call('GET', KEYS[2])}
`);

/** Keeps a lease alive, only one's own. KEYS: lease. ARGV: token, milliseconds. */
export const renewScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'Lost'} end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {'Kept'}
`);

/** Gives a lease back, only one's own. KEYS: lease. ARGV: token. */
export const giveBackScript = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {'Given'}
`);
