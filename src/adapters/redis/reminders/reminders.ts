import { type Log } from '../../../application/ports/log.js';
import { type Reminders } from '../../../application/ports/reminders.js';
import { type RedisConnection } from '../connection.js';
import { notices, type Notices } from '../notices.js';
import { texts } from '../reply.js';

const PREFIX = 'reminder:';
const SETTING = 'notify-keyspace-events';

/** Notices of expired keys (`E` and `x`; `A` stands for all kinds) are off unless somebody asks for them. */
const withExpiry = (flags: string): string | null => {
  const has = (flag: string): boolean => flags.includes(flag);
  return has('E') && (has('x') || has('A')) ? null : [...new Set(`${flags}Ex`)].join('');
};

/**
 * Reminders as keys that expire at their moment, by the clock of Redis; it gives notice of that when it comes across them,
 * which is late where very many keys expire. A Redis that may not be configured, and does not give notice already, reminds
 * of nothing: that is logged, once.
 */
export const redisReminders = (connection: RedisConnection, log: Log): Reminders => {
  const quiet = (error: unknown): void => log.debug({ error: String(error) }, 'A reminder in Redis was not set');
  const full = connection.namespace + PREFIX;
  let heard: Notices | undefined;
  let hasSaid = false;
  const giveNotice = async (): Promise<void> => {
    try {
      const [, flags = ''] = texts(await connection.steady.config('GET', SETTING));
      const wanted = withExpiry(flags);
      if (wanted !== null) await connection.steady.config('SET', SETTING, wanted);
    } catch (error) {
      if (hasSaid) return;
      hasSaid = true;
      log.info({ error: String(error) }, 'Redis gives no notice of what expires: what is due is found by looking');
    }
  };
  return {
    remind: (id, at) => void connection.hot((redis) => redis.set(PREFIX + id, '', 'PXAT', at)).catch(quiet),
    forget: (id) => void connection.hot((redis) => redis.del(PREFIX + id)).catch(quiet),
    listen: (reminded) => {
      heard ??= notices(connection);
      return heard.listenToServer(`__keyevent@${connection.database}__:expired`, (key) => {
        // Listening has begun, perhaps to a server that was started anew.
        if (key === null) void giveNotice().then(() => reminded(null));
        else if (key.startsWith(full)) reminded(key.slice(full.length));
      });
    },
  };
};
