import { script } from '../../script.js';
import { names } from './names.js';

/** Gives the right to load back, if this token still has it. ARGV: token. */
export const endLoadingScript = script(`${names}
if redis.call('HGET', loading, 'token') == ARGV[1] then redis.call('DEL', loading, missed) end
return {'Ended'}
`);
