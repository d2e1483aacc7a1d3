import { script } from '../../script.js';

/**
 * One page of a sorted set and the documents it names, as of one moment: incarnation of the build, entries, documents.
 * KEYS: documents, sorted set. ARGV: command, first bound, second bound, limit, characters before the id in an entry.
 */
export const pageScript = script(`
local found = redis.call(ARGV[1], KEYS[2], ARGV[2], ARGV[3], 'LIMIT', 0, ARGV[4])
local skip = tonumber(ARGV[5]) + 1
local documents = {}
for i, entry in ipairs(found) do documents[i] = redis.call('HGET', KEYS[1], string.sub(entry, skip)) end
return {redis.call('HGET', KEYS[1], '\\0incarnation'), found, documents}
`);
