import { script } from '../../script.js';

/**
 * Documents, indexes and checkpoint in one step, only if the checkpoint is still where the writer left it; else 'Moved'.
 * The first write creates the build; a build that vanished or is being dropped is never continued.
 * KEYS: documents, entries, ids, indexes, builds, and what is no key yet is named as one: the beginning of the indexes' names,
 * the channel. ARGV: from, to, name, incarnation if new, changed ids as JSON, then for each document: id, JSON ('' to delete),
 * its entries as JSON of [index, sort].
 */
export const writeScript = script(`
local documents, entries, ids, indexes, builds = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local prefix, channel = KEYS[6], KEYS[7]
local from, to, name = ARGV[1], ARGV[2], ARGV[3]
local incarnation, checkpoint = unpack(redis.call('HMGET', documents, '\\0incarnation', '\\0checkpoint'))
if incarnation then
  if checkpoint ~= from then return {'Moved'} end
else
  if from ~= '-1' or redis.call('HGET', builds, name) == 'dropping' then return {'Moved'} end
  incarnation = ARGV[4]
  redis.call('HSET', builds, name, incarnation)
  redis.call('HSET', documents, '\\0incarnation', incarnation)
end

local function each(id, listed, change)
  for _, entry in ipairs(cjson.decode(listed)) do
    change(prefix .. entry[1], entry[2] .. ':' .. id)
  end
end
local function remove(index, entry)
  redis.call('ZREM', index, entry)
end
local function add(index, entry)
  redis.call('ZADD', index, 0, entry)
  redis.call('SADD', indexes, index)
end

for i = 6, #ARGV, 3 do
  local id, json, listed = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local before = redis.call('HGET', entries, id) or '[]'
  if json == '' then
    listed = '[]'
    redis.call('HDEL', documents, id)
    redis.call('ZREM', ids, id)
  elseif redis.call('HSET', documents, id, json) == 1 then
    redis.call('ZADD', ids, 0, id)
  end
  if listed ~= before then
    each(id, before, remove)
    each(id, listed, add)
    if listed == '[]' then redis.call('HDEL', entries, id) else redis.call('HSET', entries, id, listed) end
  end
end
redis.call('HSET', documents, '\\0checkpoint', to)
if ARGV[5] ~= '[]' then redis.call('PUBLISH', channel, ARGV[5]) end
return {'Written', incarnation}
`);
