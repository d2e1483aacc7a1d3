import { script, unlessLate } from '../../script.js';
import { following } from './following.js';
import { names } from './names.js';

/**
 * What happened to the coupon, in order. A decided request stops being pending whatever the revision says. Of the rest a
 * known revision is skipped, the next one applied, and a gap drops the terms: the coupon is then loaded again. While a coupon
 * is being loaded its changes are kept for what the load finds.
 * ARGV: deadline, then for each change: kind, revision, userId, requestId, quantity, status, sale, closesAt ('' for none).
 */
export const applyScript = script(`${unlessLate}${names}${following}
local known = tonumber(redis.call('HGET', terms, 'revision'))
local isLoading = redis.call('EXISTS', loading) == 1
for i = 2, #ARGV, 8 do
  local change = {ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5], ARGV[i + 6], ARGV[i + 7]}
  local kind, user, request = change[1], change[3], change[4]
  if kind ~= 'Terms' then
    redis.call('ZREM', pending, asked(user, request))
    if redis.call('HGET', places, user) == request then redis.call('HDEL', places, user) end
  end
  if kind ~= 'Rejected' then
    if known then known = follow(known, change)
    elseif isLoading then redis.call('RPUSH', missed, cmsgpack.pack(change)) end
  end
end
if not known and isLoading then redis.call('PEXPIRE', missed, 600000) end
return {known and 'Applied' or 'NotLoaded'}
`);
