import { script } from '../script.js';

/**
 * Makes a collected list the stream's snapshot, all of it at once; whoever is reading the one before has a minute to end.
 * A list that is no longer complete is refused. KEYS: snapshot, list. ARGV: version, revision, number of pieces.
 */
export const replaceScript = script(`
if redis.call('LLEN', KEYS[2]) ~= tonumber(ARGV[3]) then return {'Incomplete'} end
local before = redis.call('HGET', KEYS[1], 'list')
if before then redis.call('PEXPIRE', before, 60000) end
redis.call('PERSIST', KEYS[2])
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'revision', ARGV[2], 'list', KEYS[2], 'pieces', ARGV[3])
return {'Replaced'}
`);

/** Where the snapshot of a version lies: full name of the list, pieces, revision; empty when there is none. KEYS: snapshot. ARGV: version. */
export const findScript = script(`
local found = redis.call('HMGET', KEYS[1], 'version', 'list', 'pieces', 'revision')
if found[1] ~= ARGV[1] then return {} end
if redis.call('LLEN', found[2]) ~= tonumber(found[3]) then return {} end
return {found[2], found[3], found[4]}
`);
