import { script } from '../../script.js';
import { following } from './following.js';
import { names } from './names.js';

/**
 * Makes what was loaded the coupon's state, all of it at once, only if this token may still load: after a wipe, or when
 * another loader took over, what was read is 'Superseded'. What happened meanwhile is applied to it; 'Behind' when something
 * is missing between the two, to be read again. Places and requests made before stay, except of those who turn out to hold
 * the coupon.
 * KEYS[7]: where the holders were collected. ARGV: token, revision, quantity, status, opensAt, closesAt, number of holders,
 * milliseconds to keep the terms, sale.
 */
export const installScript = script(`${names}${following}
local collected, known = KEYS[7], tonumber(ARGV[2])
if redis.call('HGET', loading, 'token') ~= ARGV[1] then return {'Superseded'} end
if redis.call('HLEN', collected) ~= tonumber(ARGV[7]) then return {'Superseded'} end
redis.call('UNLINK', holders)
if tonumber(ARGV[7]) > 0 then redis.call('RENAME', collected, holders) end
local waiting = redis.call('HGETALL', places)
for i = 1, #waiting, 2 do
  local held = redis.call('HGET', holders, waiting[i])
  if held then redis.call('HDEL', places, waiting[i]) end
  if held == waiting[i + 1] then redis.call('ZREM', pending, asked(waiting[i], held)) end
end
redis.call('HSET', terms, 'revision', known, 'quantity', ARGV[3], 'status', ARGV[4], 'opensAt', ARGV[5], 'closesAt', ARGV[6], 'sale', ARGV[9])
for _, change in ipairs(redis.call('LRANGE', missed, 0, -1)) do
  known = follow(known, cmsgpack.unpack(change))
  if not known then break end
end
redis.call('DEL', loading, missed)
if not known then return {'Behind'} end
-- The terms end first: holders are never missing while there are terms.
redis.call('PEXPIRE', holders, 2 * ARGV[8])
redis.call('PEXPIRE', terms, ARGV[8])
return {'Installed'}
`);
