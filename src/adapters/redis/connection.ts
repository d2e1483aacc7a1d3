import { Cluster } from 'ioredis';
import { type Log } from '../../application/ports/log.js';
import { breaker } from './breaker.js';
import { clientOf, type ClientOptions, primariesOf, type RedisAccess, type RedisClient } from './client.js';
import { answeredWithin, serverOf } from './server.js';
import { demotionWatch } from './demotion-watch.js';
import { ended, type Listening, listenTo } from './listen-to.js';
import { writeTogether } from './write-together.js';

/** A server that was demoted answers every write so, also from within a script, for as long as one stays connected to it. */
const isReadOnly = (error: unknown): boolean => error instanceof Error && error.message.includes('READONLY');

export type RedisHealth = 'ok' | 'degraded' | 'down';

export interface RedisConnection {
  /**
   * For what a person waits for and can do without: answers or rejects within 150 ms (or `hotMs`; up to six times that where
   * this process itself was too busy to look), and at once while the server is known to be away.
   * What it sends may still be carried out later: only idempotent commands, fenced by a deadline or a revision.
   */
  readonly hot: (work: (redis: RedisClient) => Promise<unknown>) => Promise<unknown>;
  /**
   * The same for what there is no answer without: it may take a second, and is refused at once only after several of these
   * were not answered. So nobody is turned away because the server is slow for a while.
   */
  readonly needed: RedisConnection['hot'];
  /** For work in the background: waits through an outage, at most 10 s. May send a command twice. */
  readonly steady: RedisClient;
  /** Another connection that listens to channels, and comes back by itself. */
  readonly listen: (listening: Pick<Listening, 'message' | 'ready'>) => void;
  /** Stands before every key and channel there. Clients put it before keys by themselves. */
  readonly namespace: string;
  readonly database: number;
  /** Until when, by the server's clock, a command sent now may act: a hot one, unless said otherwise. None before the first connection. */
  readonly deadline: (sent?: 'hot' | 'needed') => number | null;
  /** Which server process answers, or all those of a cluster; another one may have lost what was stored. Throws while that is not known. */
  readonly runId: () => string;
  /** The server refused a command as late though it was not: its clock was set. */
  readonly measureClock: () => void;
  /** ok; degraded: it answers, yet calls are being refused to spare it; down. */
  readonly health: () => Promise<RedisHealth>;
  readonly close: () => Promise<void>;
}

const HOT_MS = 150;
const NEEDED_MS = 1_000;
/** Connections that swallow everything without an error would otherwise last as long as TCP lets them: give them 3 s. */
const TRIES_OF_A_CONNECTION = 12;

const retryStrategy = (times: number): number => Math.min(25 * 2 ** Math.min(times, 6), 1_000) + Math.random() * 50;

const hotOptions = { waits: false, connectTimeout: 1_000, retryStrategy };

const listenerOptions = { connectTimeout: 2_000, retryStrategy };

const steadyOptions = { waits: true, commandTimeout: 10_000, connectTimeout: 2_000, retryStrategy };

/** Written every so often, by one connection after the other: a process that only reads would not notice that its server can no longer be written. */
const TRIAL_EVERY_MS = 1_000;
/** A write that a server refuses which is full. In a cluster it reaches one node only, so every primary is pinged as well. */
const trial = async (client: RedisClient): Promise<void> => {
  const nodes = client instanceof Cluster ? primariesOf(client) : [];
  await Promise.all([client.set('doorbuster:trial', '', 'PX', TRIAL_EVERY_MS), ...nodes.map((redis) => redis.ping())]);
};

export interface ConnectOptions {
  /** How long a hot command may take. Default 150. */
  readonly hotMs?: number;
  /** Told when calls begin to be refused at once, and when that ends. */
  readonly onBreaker?: (open: boolean) => void;
}

/**
 * Connects to Redis. Never fails: a server that is away is connected to as soon as it is there, and until then
 * every hot call is rejected at once.
 */
export const connectRedis = async (
  access: RedisAccess,
  log: Log,
  { hotMs = HOT_MS, onBreaker = () => undefined }: ConnectOptions = {},
): Promise<RedisConnection> => {
  const demotion = demotionWatch(() =>
    log.warn({}, 'Redis can only be read: connecting anew, to where REDIS_URL leads'),
  );
  // Before ioredis looks at the connection: who is connected anew already is left alone.
  const reconnectOnError = (error: Error): boolean => {
    if (isReadOnly(error)) setImmediate(demotion.noticed);
    return false;
  };
  const quiet = (error: Error): void => log.debug({ error: error.message }, 'Redis connection');
  const looksAfter = <Client extends RedisClient>(client: Client): Client => {
    demotion.add(client);
    client.on('error', quiet);
    if (client instanceof Cluster) client.on('+node', writeTogether);
    else writeTogether(client);
    return client;
  };
  const client = (options: Omit<ClientOptions, 'name' | 'reconnectOnError'>, name: string): RedisClient =>
    looksAfter(clientOf(access, { ...options, name: `doorbuster-${name}`, reconnectOnError }));
  const hot = client(hotOptions, 'hot');
  const steady = client(steadyOptions, 'steady');
  const stops: Array<() => Promise<void>> = [];

  const server = serverOf(hot, hotMs);
  const within = { hot: hotMs, needed: Math.max(hotMs, NEEDED_MS) };
  const circuit = breaker('redis');
  const neededCircuit = breaker('redis-needed');
  let opened = 0;
  circuit.on('open', () => {
    opened += 1;
    onBreaker(true);
    if (opened === 1) log.warn({}, 'Redis does not answer: going on without it');
    if (opened % TRIES_OF_A_CONNECTION === 0) demotion.connectAnew();
  });
  circuit.on('close', () => {
    if (opened > 0) log.info({}, 'Redis answers again');
    opened = 0;
    onBreaker(false);
  });
  const measure = (): Promise<void> => server.measure().catch(quiet);
  let isMeasuring = false;
  /** Once for all who ask while it is under way: a thousand calls may be refused as late in one turn. */
  const measureAgain = (): void => {
    if (isMeasuring) return;
    isMeasuring = true;
    void measure().then(() => (isMeasuring = false));
  };
  const closeCircuits = (): void => [circuit, neededCircuit].forEach((each) => each.close());
  hot.on('ready', () => void measure().then(closeCircuits));
  // Of a cluster, whose nodes come and go.
  hot.on('+node', () => void measure());
  steady.connect().catch(quiet);
  // A cluster's client that connects anew meanwhile says so by an event alone; sentinels that are away are asked for ever.
  const ready = new Promise<void>((resolve) => hot.once('ready', resolve));
  await answeredWithin(2 * hotOptions.connectTimeout, Promise.race([ready, hot.connect()])).catch(quiet);
  await measure();
  const turns = [hot, steady];
  const tryOut = (): void => {
    for (const next of turns.splice(0, 1)) {
      turns.push(next);
      if (next.status !== 'ready') continue;
      trial(next).catch(quiet);
      if (next === hot) measureAgain();
    }
  };
  const trying = setInterval(tryOut, TRIAL_EVERY_MS).unref();

  return {
    hot: (work) => circuit.fire(() => answeredWithin(within.hot, work(hot))),
    needed: (work) => neededCircuit.fire(() => answeredWithin(within.needed, work(hot))),
    steady,
    listen: (listening) => {
      const options = { ...listenerOptions, reconnectOnError };
      stops.push(listenTo(access, steady, options, { ...listening, opened: looksAfter }));
    },
    namespace: access.namespace ?? '',
    database: access.address.database,
    deadline: (sent = 'hot') => {
      const now = server.now();
      return now === null ? null : now + within[sent];
    },
    runId: server.runId,
    measureClock: measureAgain,
    health: async () => {
      try {
        await answeredWithin(hotMs, trial(hot));
        return circuit.opened || neededCircuit.opened ? 'degraded' : 'ok';
      } catch {
        return 'down';
      }
    },
    close: async () => {
      clearInterval(trying);
      circuit.shutdown();
      neededCircuit.shutdown();
      await Promise.all([ended(hot), ended(steady), ...stops.map((stop) => stop())]);
    },
  };
};
