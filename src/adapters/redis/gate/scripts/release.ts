import { script, unlessLate } from '../../script.js';
import { names } from './names.js';

/**
 * Takes this request's place back, nobody else's; a holder keeps the coupon. Repeating it changes nothing.
 * ARGV: deadline, userId, requestId.
 */
export const releaseScript = script(`${unlessLate}${names}
local user, request = ARGV[2], ARGV[3]
redis.call('ZREM', pending, asked(user, request))
if redis.call('HGET', places, user) == request then redis.call('HDEL', places, user) end
return {'Released'}
`);
