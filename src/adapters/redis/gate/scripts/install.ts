import { script } from '../../script.js';
import { names } from './names.js';

/**
 * Makes what was loaded the coupon's state, all of it at once, only if this token may still load: after a wipe, or when
 * another loader took over, what was read is 'Superseded'; when the feed has passed it by meanwhile, it is 'Behind' and must
 * be read again. Places and requests made before stay, except of those who turn out to hold the coupon.
 * KEYS[7]: where the holders were collected. ARGV: token, revision, quantity, status, opensAt, closesAt, number of holders,
 * milliseconds to keep the terms.
 */
export const installScript = script(`${names}
local collected, revision = KEYS[7], tonumber(ARGV[2])
local owner = redis.call('HMGET', loading, 'token', 'seen')
if owner[1] ~= ARGV[1] then return {'Superseded'} end
if revision < tonumber(owner[2]) then
  redis.call('HSET', loading, 'seen', -1)
  return {'Behind'}
end
if redis.call('HLEN', collected) ~= tonumber(ARGV[7]) then return {'Superseded'} end
redis.call('UNLINK', holders)
if tonumber(ARGV[7]) > 0 then
  redis.call('RENAME', collected, holders)
  -- The terms end first: holders are never missing while there are terms.
  redis.call('PEXPIRE', holders, 2 * ARGV[8])
end
local waiting = redis.call('HGETALL', places)
for i = 1, #waiting, 2 do
  local held = redis.call('HGET', holders, waiting[i])
  if held then redis.call('HDEL', places, waiting[i]) end
  if held == waiting[i + 1] then
    redis.call('HDEL', requests, held)
    redis.call('ZREM', times, held)
  end
end
redis.call('HSET', terms, 'revision', revision, 'quantity', ARGV[3], 'status', ARGV[4], 'opensAt', ARGV[5], 'closesAt', ARGV[6])
redis.call('PEXPIRE', terms, ARGV[8])
redis.call('DEL', loading)
return {'Installed'}
`);
