import { script } from '../../script.js';

/**
 * Makes a build the one being served, and tells whoever watches. One that nothing was written to yet is created, unless the
 * caller has seen it before: then it vanished, and serving it would deny what it held.
 * KEYS: documents, builds, channel. ARGV: name, incarnation if new, incarnation known ('' for none).
 */
export const flipScript = script(`
local incarnation = redis.call('HGET', KEYS[1], '\\0incarnation')
if ARGV[3] ~= '' and incarnation ~= ARGV[3] then return {'Gone'} end
if not incarnation then
  redis.call('HSET', KEYS[1], '\\0incarnation', ARGV[2], '\\0checkpoint', '-1')
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
end
redis.call('HSET', KEYS[2], 'live', ARGV[1])
redis.call('PUBLISH', KEYS[3], '*')
return {'Live'}
`);
