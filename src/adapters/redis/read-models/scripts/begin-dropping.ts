import { script } from '../../script.js';

/**
 * From here on the build is gone for readers and writers; what is left of it is cleared away afterwards, in slices.
 * KEYS: documents, entries, ids, builds. ARGV: name.
 */
export const beginDroppingScript = script(`
if redis.call('HGET', KEYS[4], 'live') == ARGV[1] then redis.call('HDEL', KEYS[4], 'live') end
redis.call('HSET', KEYS[4], ARGV[1], 'dropping')
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
return {'Dropping'}
`);
