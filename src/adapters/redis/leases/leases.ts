import { either as E, type taskEither as TE } from 'fp-ts';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Leases } from '../../../application/ports/leases.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { items, text } from '../reply.js';
import { runInTime, script, unlessLate } from '../script.js';
import { type RedisLease, heldLease } from './held-lease.js';

/**
 * Takes a lease nobody holds, with a number higher than every holder's before; or says how long it may still be held. Asked
 * again by its holder (a lost reply) it answers the same number. The number follows the clock, so that it grows even after
 * Redis forgot the last one. Too late it takes nothing: nobody would hold it. KEYS: lease, numbers. ARGV: deadline, token,
 * milliseconds.
 */
const takeScript = script(`${unlessLate}
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[2] then return {'Held', redis.call('PTTL', KEYS[1])} end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if not holder then
  local last = tonumber(redis.call('GET', KEYS[2]) or '0')
  redis.call('SET', KEYS[2], string.format('%.0f', math.max(last + 1, clock[1] * 1000000 + clock[2])))
end
return {'Taken', redis.call('GET', KEYS[2])}
`);

export interface RedisLeases extends Leases {
  readonly acquire: (name: string, signal: AbortSignal) => TE.TaskEither<'LeasesUnavailable' | 'Aborted', RedisLease>;
}

const LOOK_AGAIN_MS = 200;

/**
 * Leases in Redis. One whose holder died is free after `ttlMs` (default 10 s). A wiped Redis may give a lease to a second
 * holder while the first has not noticed yet: what it protects must be fenced as well.
 */
export const redisLeases = (connection: RedisConnection, log: Log, ttlMs = 10_000): RedisLeases => ({
  acquire: (name, signal) => async () => {
    const key = `lease:{${name}}`;
    const token = randomUUID();
    while (!signal.aborted) {
      const sent = performance.now();
      try {
        const reply = await connection.hot((redis) =>
          runInTime({ connection, redis }, takeScript, [key, `${key}:fence`], [token, ttlMs]),
        );
        const [answer, number] = items(reply).map(text);
        if (answer === 'Taken') {
          const lease = heldLease(connection, { key, token, fence: Number(number), ttlMs }, sent);
          if (!signal.aborted) return E.right(lease);
          await lease.release();
          break;
        }
        await sleep(Math.min(LOOK_AGAIN_MS, Math.max(Number(number), 1)), undefined, { signal }).catch(() => undefined);
      } catch (error) {
        log.debug({ error: String(error), name }, 'Leases in Redis did not answer');
        return E.left('LeasesUnavailable');
      }
    }
    return E.left('Aborted');
  },
});
