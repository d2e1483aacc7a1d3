import { script } from '../../script.js';
import { names } from './names.js';

/**
 * Requests made before a moment and still pending, oldest first, as request, `at:user`. What is older than it may be
 * kept is forgotten on the way, and its place is free. ARGV: before, limit, forget before.
 */
export const pendingSinceScript = script(`${names}
for _, request in ipairs(redis.call('ZRANGEBYSCORE', times, '-inf', '(' .. ARGV[3], 'LIMIT', 0, 1000)) do
  local asked = redis.call('HGET', requests, request)
  local user = asked and string.sub(asked, string.find(asked, ':', 1, true) + 1)
  if user and redis.call('HGET', places, user) == request then redis.call('HDEL', places, user) end
  redis.call('HDEL', requests, request)
  redis.call('ZREM', times, request)
end
local found = {}
for _, request in ipairs(redis.call('ZRANGEBYSCORE', times, '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])) do
  found[#found + 1] = request
  found[#found + 1] = redis.call('HGET', requests, request)
end
return found
`);
