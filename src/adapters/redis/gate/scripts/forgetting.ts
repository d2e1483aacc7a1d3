/** In Lua: `forgetOld(at)` forgets requests made at `at` or before, and frees their places; a hundred at a time. Goes behind `names`. */
export const forgetting = `
local function forgetOld(at)
  for _, old in ipairs(redis.call('ZRANGEBYSCORE', pending, '-inf', at, 'LIMIT', 0, 100)) do
    local user, request = string.match(old, '^(.*)\\n(.*)$')
    if redis.call('HGET', places, user) == request then redis.call('HDEL', places, user) end
    redis.call('ZREM', pending, old)
  end
end
`;
