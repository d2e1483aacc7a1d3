import { script } from '../../script.js';
import { names } from './names.js';

/** All the gate holds of a coupon at one moment: revision, quantity, number of holders, pending. Empty when not loaded. */
export const inspectScript = script(`${names}
local known = redis.call('HMGET', terms, 'revision', 'quantity')
if not known[1] then return {} end
return {known[1], known[2], redis.call('HLEN', holders), redis.call('ZRANGE', pending, 0, -1, 'WITHSCORES')}
`);
