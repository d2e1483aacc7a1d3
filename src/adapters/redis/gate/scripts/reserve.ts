import { script, unlessLate } from '../../script.js';
import { forgetting } from './forgetting.js';
import { names } from './names.js';

/**
 * A place for one user, or why not, in one step. Whoever asks again, by whatever request, is told the first; so a repeated
 * request takes no second place. A refusal writes nothing; but
 * requests older than they may be kept are forgotten first. ARGV: deadline, userId, requestId, at, forget up to.
 */
export const reserveScript = script(`${unlessLate}${names}${forgetting}
local user, request, at = ARGV[2], ARGV[3], tonumber(ARGV[4])
local known = redis.call('HMGET', terms, 'quantity', 'status', 'opensAt', 'closesAt', 'sale')
if not known[1] then return {'NotLoaded'} end
forgetOld(ARGV[5])
local first = redis.call('HGET', holders, user) or redis.call('HGET', places, user)
if first then return {'AlreadyRequested', first} end
if known[3] ~= '' and at < tonumber(known[3]) then return {'NotOpen', known[3]} end
if known[4] ~= '' and at >= tonumber(known[4]) then return {'Closed'} end
if known[5] == 'Waiting' then return {'NotOpen', ''} end
if known[5] == 'Closed' then return {'Closed'} end
if known[2] == 'Paused' then return {'Paused'} end
if redis.call('HLEN', holders) + redis.call('HLEN', places) >= tonumber(known[1]) then return {'SoldOut'} end
redis.call('HSET', places, user, request)
redis.call('ZADD', pending, ARGV[4], asked(user, request))
return {'Admitted'}
`);
