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

-- How each key changes in the end, whichever of several writes of a document comes last: then one call for each key, not for
-- each document.
local put, listings, indexed = {}, {}, {}
local function each(id, listed, isThere)
  for _, entry in ipairs(cjson.decode(listed)) do
    local index = prefix .. entry[1]
    indexed[index] = indexed[index] or {}
    indexed[index][entry[2] .. ':' .. id] = isThere
  end
end
local function call(command, key, args)
  for from = 1, #args, 1000 do
    redis.call(command, key, unpack(args, from, math.min(from + 999, #args)))
  end
end

local wanted = {}
for i = 6, #ARGV, 3 do wanted[#wanted + 1] = ARGV[i] end
local known = {}
for from = 1, #wanted, 1000 do
  local to = math.min(from + 999, #wanted)
  for at, listed in ipairs(redis.call('HMGET', entries, unpack(wanted, from, to))) do
    known[wanted[from + at - 1]] = listed or '[]'
  end
end
for i = 6, #ARGV, 3 do
  local id, json, listed = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if json == '' then listed = '[]' end
  put[id] = json
  if listed ~= known[id] then
    each(id, known[id], false)
    each(id, listed, true)
    known[id], listings[id] = listed, listed
  end
end

local set, gone, there, away = {}, {}, {}, {}
for id, json in pairs(put) do
  if json == '' then
    gone[#gone + 1] = id
  else
    set[#set + 1], set[#set + 2] = id, json
    there[#there + 1], there[#there + 2] = 0, id
  end
end
call('HSET', documents, set)
call('HDEL', documents, gone)
call('ZADD', ids, there)
call('ZREM', ids, gone)
set, gone = {}, {}
for id, listed in pairs(listings) do
  if listed == '[]' then gone[#gone + 1] = id else set[#set + 1], set[#set + 2] = id, listed end
end
call('HSET', entries, set)
call('HDEL', entries, gone)
local named = {}
for index, changes in pairs(indexed) do
  there, away = {}, {}
  for entry, isThere in pairs(changes) do
    if isThere then there[#there + 1], there[#there + 2] = 0, entry else away[#away + 1] = entry end
  end
  call('ZADD', index, there)
  call('ZREM', index, away)
  if #there > 0 then named[#named + 1] = index end
end
call('SADD', indexes, named)
redis.call('HSET', documents, '\\0checkpoint', to)
if ARGV[5] ~= '[]' then redis.call('PUBLISH', channel, ARGV[5]) end
return {'Written', incarnation}
`);
