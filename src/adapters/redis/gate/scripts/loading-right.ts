import { script } from '../../script.js';
import { names } from './names.js';

/**
 * Takes or renews the right to load a coupon: 'Yours', or 'Busy' while another token has it, or 'Loaded' when there is
 * nothing to do. A token that let its time run out may find itself replaced, and what it read is then refused.
 * ARGV: token, milliseconds.
 */
export const beginLoadingScript = script(`${names}
if redis.call('EXISTS', terms) == 1 then return {'Loaded'} end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local owner = redis.call('HMGET', loading, 'token', 'until')
if owner[1] and owner[1] ~= ARGV[1] and tonumber(owner[2]) > now then return {'Busy'} end
-- Whoever begins reads the events from here on: what was missed before is among them.
if owner[1] ~= ARGV[1] then redis.call('DEL', missed) end
redis.call('HSET', loading, 'token', ARGV[1], 'until', string.format('%.0f', now + ARGV[2]))
redis.call('PEXPIRE', loading, 600000)
return {'Yours'}
`);

/** Gives the right to load back, if this token still has it. ARGV: token. */
export const endLoadingScript = script(`${names}
if redis.call('HGET', loading, 'token') == ARGV[1] then redis.call('DEL', loading, missed) end
return {'Ended'}
`);
