import { script, unlessLate } from '../script.js';

/** In Lua: what others than `order` reserved; what is past its time is forgotten. */
const others = `
local function others(pending, order, now)
  local sum, waiting = 0, redis.call('HGETALL', pending)
  for i = 1, #waiting, 2 do
    local quantity, till = string.match(waiting[i + 1], '(%d+):(%d+)')
    if tonumber(till) <= now then redis.call('HDEL', pending, waiting[i])
    elseif waiting[i] ~= order then sum = sum + tonumber(quantity) end
  end
  return sum
end
`;

/** In Lua: works out what is held of a product that was just loaded. */
const count = `
local function count(terms, holds)
  local held = 0
  for _, quantity in ipairs(redis.call('HVALS', holds)) do held = held + tonumber(quantity) end
  redis.call('HSET', terms, 'held', held)
end
`;

/**
 * All lines of an order, or none and what is short: index and availability. Four keys a product.
 * ARGV: deadline, order, now, until, then the quantity of each product.
 */
export const reserveScript = script(`${unlessLate}${others}
local order, now, short, places = ARGV[2], tonumber(ARGV[3]), {}, {}
for i = 1, #KEYS / 4 do
  local terms, holds, pending = KEYS[i * 4 - 3], KEYS[i * 4 - 2], KEYS[i * 4 - 1]
  local known = redis.call('HMGET', terms, 'onHand', 'held')
  if not known[1] then return {'NotLoaded', tostring(i)} end
  if redis.call('HEXISTS', holds, order) == 0 then
    local available = tonumber(known[1]) - tonumber(known[2]) - others(pending, order, now)
    if tonumber(ARGV[4 + i]) > available then
      short[#short + 1] = tostring(i)
      short[#short + 1] = tostring(math.max(0, available))
    end
    places[#places + 1] = {pending, ARGV[4 + i]}
  end
end
if #short > 0 then return {'Insufficient', unpack(short)} end
for _, place in ipairs(places) do
  redis.call('HSET', place[1], order, place[2] .. ':' .. ARGV[4])
  redis.call('PEXPIRE', place[1], 86400000)
end
return {'Admitted'}
`);

/** KEYS: of what one order reserved here. ARGV: order. */
export const releaseScript = script(`
for _, pending in ipairs(KEYS) do redis.call('HDEL', pending, ARGV[1]) end
return {'Released'}
`);

/**
 * KEYS[5]: where the holds were collected. ARGV: revision, on hand, milliseconds to keep, number of holds. 'Behind': read again, because
 * more has happened meanwhile, or what was collected is gone.
 */
export const installScript = script(`${count}
local terms, holds, seen, collected, revision = KEYS[1], KEYS[2], KEYS[4], KEYS[5], tonumber(ARGV[1])
local known = tonumber(redis.call('HGET', terms, 'revision') or '-1')
if known >= revision then return {'Installed'} end
if tonumber(redis.call('GET', seen) or '-1') > revision then return {'Behind'} end
if redis.call('HLEN', collected) ~= tonumber(ARGV[4]) then return {'Behind'} end
redis.call('UNLINK', holds)
if tonumber(ARGV[4]) > 0 then redis.call('RENAME', collected, holds) end
redis.call('HSET', terms, 'revision', revision, 'onHand', ARGV[2])
count(terms, holds)
-- The terms end first: holds are never missing while there are terms.
redis.call('PEXPIRE', holds, 2 * ARGV[3])
redis.call('PEXPIRE', terms, ARGV[3])
return {'Installed'}
`);

/**
 * What happened to a product, in order. ARGV: milliseconds to keep, then of each change: revision ('' for a rejection), on hand, how
 * many orders it concerns, and order and quantity of each.
 */
export const applyScript = script(`
local terms, holds, pending, seen = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local known = tonumber(redis.call('HGET', terms, 'revision') or '')
local i = 2
while i <= #ARGV do
  local revision, orders, first = tonumber(ARGV[i]), tonumber(ARGV[i + 2]), i + 3
  local past = first + 2 * orders
  for at = first, past - 1, 2 do redis.call('HDEL', pending, ARGV[at]) end
  if revision then
    redis.call('SET', seen, math.max(revision, tonumber(redis.call('GET', seen) or '-1')), 'PX', ARGV[1])
    if known and revision > known + 1 then
      redis.call('DEL', terms)
      known = nil
    elseif known and revision == known + 1 then
      known = revision
      redis.call('HSET', terms, 'revision', revision)
      redis.call('HINCRBY', terms, 'onHand', ARGV[i + 1])
      for at = first, past - 1, 2 do
        local order, quantity = ARGV[at], tonumber(ARGV[at + 1])
        local before = tonumber(redis.call('HGET', holds, order) or '0')
        redis.call('HINCRBY', terms, 'held', quantity - before)
        if quantity > 0 then redis.call('HSET', holds, order, quantity) else redis.call('HDEL', holds, order) end
      end
    end
  end
  i = past
end
-- The first hold since the product was loaded, or since the last one ended: until then there was nothing that could end.
if known and redis.call('PTTL', holds) == -1 then redis.call('PEXPIRE', holds, 2 * ARGV[1]) end
return {known and 'Applied' or 'NotLoaded'}
`);

/** ARGV: now. Revision, on hand, held, pending; or 'NotLoaded'. */
export const inspectScript = script(`${others}
local known = redis.call('HMGET', KEYS[1], 'revision', 'onHand', 'held')
if not known[1] then return {'NotLoaded'} end
return {'Loaded', known[1], known[2], known[3], tostring(others(KEYS[3], '', tonumber(ARGV[1])))}
`);
