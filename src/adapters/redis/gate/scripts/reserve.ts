import { script, unlessLate } from '../../script.js';
import { names } from './names.js';

/**
 * A place for one user, or why not, in one step. Repeating a request that has its place answers Admitted again and
 * changes nothing, also when the coupon was paused or sold out in between. A refusal writes nothing.
 * ARGV: deadline, userId, requestId, at.
 */
export const reserveScript = script(`${unlessLate}${names}
local user, request, at = ARGV[2], ARGV[3], tonumber(ARGV[4])
local known = redis.call('HMGET', terms, 'quantity', 'status', 'opensAt', 'closesAt')
if not known[1] then return {'NotLoaded'} end
local held = redis.call('HGET', holders, user)
if held == request then return {'Admitted'} end
local asked = redis.call('HGET', requests, request)
if asked then
  local by = string.sub(asked, string.find(asked, ':', 1, true) + 1)
  if by == user then return {'Admitted'} end
  return {'AlreadyRequested', request}
end
if known[3] ~= '' and at < tonumber(known[3]) then return {'NotOpen', known[3]} end
if known[4] ~= '' and at >= tonumber(known[4]) then return {'Closed'} end
if known[2] == 'Paused' then return {'Paused'} end
local first = held or redis.call('HGET', places, user)
if first then return {'AlreadyRequested', first} end
if redis.call('HLEN', holders) + redis.call('HLEN', places) >= tonumber(known[1]) then return {'SoldOut'} end
redis.call('HSET', places, user, request)
redis.call('HSET', requests, request, ARGV[4] .. ':' .. user)
redis.call('ZADD', times, ARGV[4], request)
return {'Admitted'}
`);
