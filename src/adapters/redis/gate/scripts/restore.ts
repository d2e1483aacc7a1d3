import { script, unlessLate } from '../../script.js';
import { names } from './names.js';

/**
 * Puts a request back that is known to be in the log, whatever the terms, loaded or not. One known to have led to the
 * coupon is left alone; a user who has a place by another request keeps that one. Repeating it changes nothing.
 * ARGV: deadline, userId, requestId, at.
 */
export const restoreScript = script(`${unlessLate}${names}
local user, request = ARGV[2], ARGV[3]
local held = redis.call('HGET', holders, user)
if held == request then return {'Decided'} end
redis.call('ZADD', pending, 'NX', ARGV[4], asked(user, request))
if not held then redis.call('HSETNX', places, user, request) end
return {'Restored'}
`);
