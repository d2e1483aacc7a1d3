import { script } from '../../script.js';

/**
 * The loss to repair, '' for none. Memory is whole only for the server process it was declared whole for: another one
 * (a restart, a failover) may have forgotten the last of what it was told.
 * KEYS: memory. ARGV: run id of the server, a name for the loss if it is a new one, '1' to lose memory whatever it is.
 */
export const lossScript = script(`
local memory = redis.call('HMGET', KEYS[1], 'whole', 'loss', 'server')
if ARGV[3] == '' then
  if memory[1] == ARGV[1] then return {''} end
  if memory[2] and memory[3] == ARGV[1] then return {memory[2]} end
end
redis.call('HSET', KEYS[1], 'whole', '', 'loss', ARGV[2], 'server', ARGV[1])
return {ARGV[2]}
`);

/** Memory is whole again, if it was not lost once more. KEYS: memory. ARGV: run id of the server, the loss repaired. */
export const repairedScript = script(`
local memory = redis.call('HMGET', KEYS[1], 'loss', 'server')
if memory[1] ~= ARGV[2] or memory[2] ~= ARGV[1] then return {'0'} end
redis.call('HSET', KEYS[1], 'whole', ARGV[1])
return {'1'}
`);
