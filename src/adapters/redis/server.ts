import { type Redis } from 'ioredis';
import { answeredWithin } from './answered-within.js';
import { primariesOf, type RedisClient } from './client.js';
import { texts } from './reply.js';

/** What is known of the server processes at the other end; measured anew at every connection. */
export interface Server {
  /**
   * Which server process answers, or which ones a cluster consists of. Another id after a restart or a failover: what was
   * stored before may be gone. Throws while it is not known.
   */
  readonly runId: () => string;
  /**
   * Its clock, in epoch milliseconds, steady even when a clock here is set: behind by as long as it took to ask, never
   * ahead. Of a cluster the clock that is ahead. None until first connected.
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

/** Its clock said this at the latest just now: what is taken for its clock is never ahead of it, so that no deadline is late. */
const atLeast = async (redis: Redis): Promise<number> => {
  const [seconds = '0', micros = '0'] = texts(await redis.time());
  return Number(seconds) * 1_000 + Number(micros) / 1_000 - performance.now();
};

const measured = async (redis: Redis, withinMs: number): Promise<Measured> => {
  const within = <A>(work: Promise<A>): Promise<A> => answeredWithin(withinMs, work);
  const [info, first] = await within(Promise.all([redis.info('server'), atLeast(redis)]));
  // The best of some: an answer may have had to wait until it was read.
  const offset = Math.max(first, await within(atLeast(redis)), await within(atLeast(redis)));
  return { offset, runId: runIdIn(info) };
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
