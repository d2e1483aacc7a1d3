import { Redis, type RedisOptions } from 'ioredis';
import { type Log } from '../../application/ports/log.js';
import { answeredWithin } from './answered-within.js';
import { breaker } from './breaker.js';
import { demotionWatch, isReadOnly } from './demotion.js';
import { serverOf } from './server.js';

export type RedisHealth = 'ok' | 'degraded' | 'down';

export interface RedisConnection {
  /**
   * For what a person waits for: answers or rejects within 150 ms (or `hotMs`; up to six times that where this process itself
   * was too busy to look), and at once while the server is known to be away.
   * What it sends may still be carried out later: only idempotent commands, fenced by a deadline or a revision.
   */
  readonly hot: (work: (redis: Redis) => Promise<unknown>) => Promise<unknown>;
  /** For work in the background: waits through an outage, at most 10 s. May send a command twice. */
  readonly steady: Redis;
  /** Another connection that listens to channels; it subscribes again by itself. */
  readonly listener: () => Redis;
  /** Until when, by the server's clock, a hot command sent now may act. None before the first connection. */
  readonly deadline: () => number | null;
  /** Which server process answers; another one may have lost what was stored. */
  readonly runId: () => string;
  /** The server refused a command as late though it was not: its clock was set. */
  readonly measureClock: () => void;
  /** ok; degraded: it answers, yet calls are being refused to spare it; down. */
  readonly health: () => Promise<RedisHealth>;
  readonly close: () => Promise<void>;
}

const HOT_MS = 150;
/** A connection that swallows everything without an error would otherwise last as long as TCP lets it: give it 3 s. */
const TRIES_OF_A_CONNECTION = 12;

const retryStrategy = (times: number): number => Math.min(25 * 2 ** Math.min(times, 6), 1_000) + Math.random() * 50;

const hotOptions: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  connectTimeout: 1_000,
  retryStrategy,
};

const steadyOptions: RedisOptions = { commandTimeout: 10_000, connectTimeout: 2_000, retryStrategy };

/** Written every so often, by one connection after the other: a process that only reads would not notice that its server can no longer be written. */
const TRIAL_EVERY_MS = 1_000;
/** A write, also where there is nothing to delete. */
const trial = (redis: Redis): Promise<unknown> => redis.del('doorbuster:trial');

/** One that is not connected just now has nothing to wait for, and would never say that it ended. */
const ended = (redis: Redis): Promise<void> =>
  new Promise((resolve) => {
    if (redis.status === 'ready' || redis.status === 'connect') redis.once('end', () => resolve());
    else resolve();
    redis.disconnect();
  });

/**
 * Connects to one server. Never fails: a server that is away is connected to as soon as it is there, and until then
 * every hot call is rejected at once; `onBreaker` is told when that begins and when it ends.
 */
export const connectRedis = async (
  url: string,
  log: Log,
  hotMs = HOT_MS,
  onBreaker: (open: boolean) => void = () => undefined,
): Promise<RedisConnection> => {
  const demotion = demotionWatch(() =>
    log.warn({}, 'Redis can only be read: connecting anew, to where REDIS_URL leads'),
  );
  const client = (options: RedisOptions, name: string): Redis => {
    // Before ioredis looks at the connection: who is connected anew already is left alone.
    const reconnectOnError = (error: Error): boolean => {
      if (isReadOnly(error)) setImmediate(demotion.noticed);
      return false;
    };
    const redis = new Redis(url, { ...options, connectionName: `doorbuster-${name}`, reconnectOnError });
    demotion.add(redis);
    return redis;
  };
  const hot = client({ ...hotOptions, lazyConnect: true }, 'hot');
  const steady = client(steadyOptions, 'steady');
  const listeners: Redis[] = [];
  const quiet = (error: Error): void => log.debug({ error: error.message }, 'Redis connection');
  hot.on('error', quiet);
  steady.on('error', quiet);

  const server = serverOf(hot, hotMs);
  const circuit = breaker('redis');
  let opened = 0;
  circuit.on('open', () => {
    opened += 1;
    onBreaker(true);
    if (opened === 1) log.warn({}, 'Redis does not answer: going on without it');
    if (opened % TRIES_OF_A_CONNECTION === 0 && hot.status === 'ready') hot.disconnect(true);
  });
  circuit.on('close', () => {
    if (opened > 0) log.info({}, 'Redis answers again');
    opened = 0;
    onBreaker(false);
  });
  const measure = (): Promise<void> => server.measure().catch(quiet);
  hot.on('ready', () => void measure().then(() => circuit.close()));
  await hot.connect().catch(quiet);
  await measure();
  const turns = [hot, steady];
  const tryOut = (): void => {
    for (const redis of turns.splice(0, 1)) {
      turns.push(redis);
      if (redis.status === 'ready') trial(redis).catch(quiet);
    }
  };
  const trying = setInterval(tryOut, TRIAL_EVERY_MS).unref();

  return {
    hot: (work) => circuit.fire(() => answeredWithin(hotMs, work(hot))),
    steady,
    listener: () => {
      const listener = client(steadyOptions, 'listener');
      listener.on('error', quiet);
      listeners.push(listener);
      return listener;
    },
    deadline: () => {
      const now = server.now();
      return now === null ? null : now + hotMs;
    },
    runId: server.runId,
    measureClock: () => void measure(),
    health: async () => {
      try {
        await answeredWithin(hotMs, trial(hot));
        return circuit.opened ? 'degraded' : 'ok';
      } catch {
        return 'down';
      }
    },
    close: async () => {
      clearInterval(trying);
      circuit.shutdown();
      await Promise.all([hot, steady, ...listeners].map(ended));
    },
  };
};
