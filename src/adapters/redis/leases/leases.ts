import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { either as E, type taskEither as TE } from 'fp-ts';
import { type Leases } from '../../../application/ports/leases.js';
import { type Log } from '../../../application/ports/log.js';
import { type RedisConnection } from '../connection.js';
import { items, text } from '../reply.js';
import { runInTime } from '../script.js';
import { heldLease, type RedisLease } from './held-lease.js';
import { takeScript } from './scripts.js';

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
