/**
 * In Lua: `follow(known, change)`, what the coupon's own events change. Skips what is known, answers the revision known from
 * here on, and nil after a gap: the terms are gone then, so that the coupon is loaded again.
 * A change: kind, revision, userId, requestId, quantity, status, sale, closesAt, usableUntil, with '' for none and 'never' for no end. Goes behind `names`.
 */
export const following = `
local function follow(known, change)
  local kind, revision = change[1], tonumber(change[2])
  if revision <= known then return known end
  if revision > known + 1 then
    redis.call('DEL', terms)
    return nil
  end
  if kind == 'Issued' then
    redis.call('HSET', holders, change[3], change[4])
    redis.call('HDEL', places, change[3])
  end
  if change[5] ~= '' then redis.call('HSET', terms, 'quantity', change[5]) end
  if change[6] ~= '' then redis.call('HSET', terms, 'status', change[6]) end
  if change[7] ~= '' then redis.call('HSET', terms, 'sale', change[7]) end
  for at, ending in pairs({[8] = 'closesAt', [9] = 'usableUntil'}) do
    local moved = change[at] or ''
    if moved ~= '' then redis.call('HSET', terms, ending, moved == 'never' and '' or moved) end
  end
  redis.call('HSET', terms, 'revision', revision)
  return revision
end
`;
