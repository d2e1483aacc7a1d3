import { taskEither as TE } from 'fp-ts';
import { type Clock } from '../../../application/ports/clock.js';
import { type Log } from '../../../application/ports/log.js';
import { type Presence } from '../../../application/ports/presence.js';
import { type RedisConnection } from '../connection.js';
import { textOrNull } from '../reply.js';

/** Longer than any idle time in sensible use; who was not seen for that long is gone. */
const KEEP_MS = 24 * 60 * 60 * 1_000;
/** Which server process has remembered every sign, and from when on. */
const MEMORY = 'presence:memory';
const keyOf = (tokenId: string): string => `presence:${tokenId}`;

/**
 * Signs of life in Redis, shared by all processes. A Redis that lost its memory, or the last of it as in a failover, or did
 * not answer this process for a while, remembers from then on. So does a process that starts: before, there may have been
 * nobody to take a sign.
 */
export const redisPresence = (connection: RedisConnection, clock: Clock, log: Log): Presence => {
  let blindUntil = clock.now();
  const ask = <A>(work: () => Promise<A>): TE.TaskEither<'PresenceUnavailable', A> =>
    TE.tryCatch(work, (error): 'PresenceUnavailable' => {
      blindUntil = clock.now();
      log.debug({ error: String(error) }, 'Presence in Redis did not answer');
      return 'PresenceUnavailable';
    });
  const since = async (): Promise<number> => {
    const server = connection.runId();
    const known = textOrNull(await connection.hot((redis) => redis.get(MEMORY)));
    const [whose, from] = known?.split(' ') ?? [];
    if (whose === server) return Math.max(Number(from), blindUntil);
    const now = clock.now();
    await connection.hot((redis) => redis.set(MEMORY, `${server} ${now}`));
    return Math.max(now, blindUntil);
  };
  return {
    touch: (tokenId, at) => {
      void ask(() => connection.hot((redis) => redis.set(keyOf(tokenId), String(at), 'PX', KEEP_MS)))();
    },
    lastSeen: (tokenId) =>
      ask(async () => {
        const [from, seen] = await Promise.all([since(), connection.hot((redis) => redis.get(keyOf(tokenId)))]);
        return Math.max(from, Number(textOrNull(seen) ?? 0));
      }),
    since: () => ask(since),
  };
};
