import { script, unlessLate } from '../../script.js';
import { names } from './names.js';

/**
 * What happened to the coupon, in order. A decided request stops being pending whatever the revision says. Of the rest a
 * known revision is skipped, the next one applied, and a gap drops the terms: the coupon is then loaded again. Of a coupon
 * that is being loaded it only notes the revision, so that what was read before it is not installed.
 * ARGV: deadline, then for each change: kind, revision, userId, requestId, quantity, status ('' for none).
 */
export const applyScript = script(`${unlessLate}${names}
local known = tonumber(redis.call('HGET', terms, 'revision'))
local before, seen = known, nil

local function settle(user, request)
  redis.call('HDEL', requests, request)
  redis.call('ZREM', times, request)
  if redis.call('HGET', places, user) == request then redis.call('HDEL', places, user) end
end

local function change(kind, user, request, quantity, status)
  if kind == 'Issued' then
    redis.call('HSET', holders, user, request)
    redis.call('HDEL', places, user)
  end
  if quantity ~= '' then redis.call('HSET', terms, 'quantity', quantity) end
  if status ~= '' then redis.call('HSET', terms, 'status', status) end
end

for i = 2, #ARGV, 6 do
  local kind, user, request = ARGV[i], ARGV[i + 2], ARGV[i + 3]
  if kind ~= 'Terms' then settle(user, request) end
  if kind ~= 'Rejected' then
    local revision = tonumber(ARGV[i + 1])
    if known and revision == known + 1 then
      change(kind, user, request, ARGV[i + 4], ARGV[i + 5])
      known = revision
    elseif known and revision > known then
      redis.call('DEL', terms)
      known = nil
    end
    seen = math.max(seen or revision, revision)
  end
end

if known and known ~= before then redis.call('HSET', terms, 'revision', known) end
if not known and seen and redis.call('EXISTS', loading) == 1 then
  redis.call('HSET', loading, 'seen', math.max(seen, tonumber(redis.call('HGET', loading, 'seen'))))
end
return {known and 'Applied' or 'NotLoaded'}
`);
