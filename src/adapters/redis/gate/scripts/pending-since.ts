import { script } from '../../script.js';
import { forgetting } from './forgetting.js';
import { names } from './names.js';

/**
 * Requests made before a moment and still pending, oldest first, as `user\\nrequest`, at. What is older than it may be kept
 * is forgotten on the way. ARGV: before, limit, forget up to.
 */
export const pendingSinceScript = script(`${names}${forgetting}
forgetOld(ARGV[3])
return redis.call('ZRANGEBYSCORE', pending, '-inf', '(' .. ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
`);
