import { type Redis } from 'ioredis';
import { answeredWithin } from './answered-within.js';
import { items, text, texts } from './reply.js';

/** What is known of the server process at the other end; measured anew at every connection. */
export interface Server {
  /** Another one after a restart or a failover: what it held before may be gone. Empty until first connected. */
  readonly runId: () => string;
  /** Its clock, in epoch milliseconds, steady even when a clock here is set. None until first connected. */
  readonly now: () => number | null;
  /** Measures again; rejects when the server does not answer. */
  readonly measure: () => Promise<void>;
}

const runIdIn = (info: string): string => /^run_id:(\w+)/m.exec(info)?.[1] ?? '';

export const serverOf = (redis: Redis, withinMs: number): Server => {
  let runId = '';
  let offset: number | null = null;
  return {
    runId: () => runId,
    now: () => (offset === null ? null : performance.now() + offset),
    measure: async () => {
      const sent = performance.now();
      const [time, info] = items(await answeredWithin(withinMs, Promise.all([redis.time(), redis.info('server')])));
      const [seconds = '0', micros = '0'] = texts(time);
      offset = Number(seconds) * 1_000 + Number(micros) / 1_000 - (sent + performance.now()) / 2;
      runId = runIdIn(text(info));
    },
  };
};
