import { type Lease } from '../../../application/ports/leases.js';
import { type RedisConnection } from '../connection.js';
import { items } from '../reply.js';
import { script, run } from '../script.js';

/** Keeps a lease alive, only one's own. KEYS: lease. ARGV: token, milliseconds. */
const renewScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'Lost'} end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {'Kept'}
`);
/** Gives a lease back, only one's own. KEYS: lease. ARGV: token. */
const giveBackScript = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {'Given'}
`);
export interface RedisLease extends Lease {
  /** Higher for every later holder: what the lease protects can refuse an earlier one's writes. */
  readonly fence: number;
}
interface Taken {
  readonly key: string;
  readonly token: string;
  readonly fence: number;
  readonly ttlMs: number;
}
/**
 * Keeps a lease alive, a third of its time at a time. Lost when another holds it, and also when Redis could not be asked for
 * as long as the lease lasts: counted from when the last renewal was sent, so always before another can have it.
 */
export const heldLease = (
  connection: RedisConnection,
  { key, token, fence, ttlMs }: Taken,
  since: number,
): RedisLease => {
  let keptAt = since;
  let state: 'held' | 'lost' | 'released' = 'held';
  let tell: ReadonlyArray<() => void> = [];
  let timer: NodeJS.Timeout | undefined;
  const lose = (): void => {
    if (state !== 'held') return;
    state = 'lost';
    clearTimeout(timer);
    tell.forEach((lost) => lost());
  };
  const renew = async (): Promise<void> => {
    const sent = performance.now();
    try {
      const [answer] = items(await connection.hot((redis) => run(redis, renewScript, [key], [token, ttlMs])));
      if (answer !== 'Kept') return lose();
      keptAt = sent;
    } catch {
      // Unknown: asked again soon, for as long as nobody else can have it.
    }
    plan();
  };
  const plan = (): void => {
    if (state !== 'held') return;
    const left = keptAt + ttlMs - performance.now();
    if (left <= 0) return lose();
    const pause = Math.min(left, performance.now() - keptAt < ttlMs / 3 ? ttlMs / 3 : ttlMs / 20);
    timer = setTimeout(() => void renew(), pause);
    timer.unref();
  };
  plan();
  return {
    fence,
    onLost: (lost) => {
      if (state === 'lost') lost();
      else tell = [...tell, lost];
    },
    release: async () => {
      if (state !== 'held') return;
      state = 'released';
      clearTimeout(timer);
      await connection.hot((redis) => run(redis, giveBackScript, [key], [token])).catch(() => undefined);
    },
  };
};
