import { type Redis } from 'ioredis';
import { answeredWithin } from './answered-within.js';
import { primariesOf, type RedisClient } from './client.js';
import { items, text, texts } from './reply.js';

/** What is known of the server processes at the other end; measured anew at every connection. */
export interface Server {
  /**
   * Which server process answers, or which ones a cluster consists of. Another id after a restart or a failover: what was
   * stored before may be gone. Throws while it is not known.
   */
  readonly runId: () => string;
  /**
   * Its clock, in epoch milliseconds, steady even when a clock here is set; of a cluster the clock that is ahead. None until
   * first connected.
   */
  readonly now: () => number | null;
  /** Measures again; rejects when a server does not answer. */
  readonly measure: () => Promise<void>;
}

interface Measured {
  readonly runId: string;
  readonly offset: number;
}

const runIdIn = (info: string): string => /^run_id:(\w+)/m.exec(info)?.[1] ?? '';

const measured = async (redis: Redis, withinMs: number): Promise<Measured> => {
  const sent = performance.now();
  const [time, info] = items(await answeredWithin(withinMs, Promise.all([redis.time(), redis.info('server')])));
  const [seconds = '0', micros = '0'] = texts(time);
  const offset = Number(seconds) * 1_000 + Number(micros) / 1_000 - (sent + performance.now()) / 2;
  return { offset, runId: runIdIn(text(info)) };
};

export const serverOf = (client: RedisClient, withinMs: number): Server => {
  // A node of a cluster that comes back does so by another connection, and is unknown until it was measured.
  const known = new WeakMap<Redis, Measured>();
  const measure = async (): Promise<void> => {
    const one = async (redis: Redis): Promise<void> => void known.set(redis, await measured(redis, withinMs));
    await Promise.all(primariesOf(client).map(one));
  };
  return {
    measure,
    runId: () => {
      const ids = primariesOf(client).map((redis) => known.get(redis)?.runId);
      if (ids.length > 0 && !ids.includes(undefined)) return ids.sort().join('+');
      measure().catch(() => undefined);
      throw new Error('Which servers of Redis answer is not known yet');
    },
    now: () => {
      const offsets = primariesOf(client).flatMap((redis) => known.get(redis)?.offset ?? []);
      return offsets.length === 0 ? null : performance.now() + Math.max(...offsets);
    },
  };
};
