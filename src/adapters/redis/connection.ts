import { Cluster, type Redis } from 'ioredis';
import { type Log } from '../../application/ports/ports.js';
import { breaker } from './breaker.js';
import { clientOf, type ClientOptions, primariesOf, type RedisAccess, type RedisClient, redisOf } from './client.js';
import { type RedisHost } from './redis-url.js';
import { answeredWithin, serverOf } from './server.js';

/** So many that a write costs little for each of them, and so few that the server begins while this process goes on. */
const MOST = 16;

/**
 * The commands of one turn of the event loop leave in a few writes: the library writes each alone, and to write to a socket
 * costs this process more than most commands do.
 */
const writeTogether = (redis: Redis): void => {
  redis.on('connect', () => {
    const { stream } = redis;
    const [write, end] = [stream.write.bind(stream), stream.end.bind(stream)];
    let held = '';
    let count = 0;
    const release = (): void => {
      const data = held;
      [held, count] = ['', 0];
      if (data !== '') write(data);
    };
    Object.assign(stream, {
      write: (data: string | Buffer) => {
        if (typeof data !== 'string') {
          release();
          return write(data);
        }
        if (count === 0) setImmediate(release);
        held += data;
        count += 1;
        if (count === MOST) release();
        return true;
      },
      end: () => {
        release();
        return end();
      },
    });
  });
};

interface Listening {
  /** A message, and the full name of its channel. */
  readonly message: (channel: string, message: string) => void;
  /** This connection can subscribe now; again after every interruption, perhaps another one. */
  readonly ready: (redis: Redis) => void;
  /** A connection was opened, to be looked after as all others are. */
  readonly opened: (redis: Redis) => void;
}

/** What a node of a cluster says is said on all of them. */
const anyNode = (client: RedisClient, { address }: RedisAccess): RedisHost => {
  const known = 'nodes' in client ? client.nodes() : [];
  const { host, port } = known[Math.floor(Math.random() * known.length)]?.options ?? {};
  return host === undefined || port === undefined ? address.hosts[0] : { host, port };
};

/** Opens a connection for listening to channels, and another one when it ends. Returns how to stop. */
const listenTo = (
  access: RedisAccess,
  client: RedisClient,
  {
    retryStrategy: pauseBefore,
    ...options
  }: Pick<ClientOptions, 'retryStrategy' | 'connectTimeout' | 'reconnectOnError'>,
  { message, ready, opened }: Listening,
): (() => Promise<void>) => {
  const isCluster = access.address.form === 'cluster';
  let redis: Redis;
  let [tries, stopped] = [0, false];
  let timer: NodeJS.Timeout | undefined;
  const open = (): Redis => {
    const address = isCluster
      ? { ...access.address, form: 'server' as const, hosts: [anyNode(client, access)] as const }
      : access.address;
    const retryStrategy = isCluster ? () => null : pauseBefore;
    const connectionName = 'doorbuster-listener';
    const connection = redisOf({ ...access, address }, { ...options, retryStrategy, connectionName });
    opened(connection);
    connection.on('message', message);
    connection.on('ready', () => {
      tries = 0;
      ready(connection);
    });
    connection.on('end', () => {
      if (stopped || !isCluster) return;
      tries += 1;
      timer = setTimeout(() => (redis = open()), pauseBefore(tries));
    });
    return connection;
  };
  redis = open();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await ended(redis);
  };
};

/** Closes a connection. One that is not connected just now has nothing to wait for, and would never say that it ended. */
const ended = (client: RedisClient): Promise<void> =>
  new Promise((resolve) => {
    if (client.status === 'ready' || client.status === 'connect') client.once('end', () => resolve());
    else resolve();
    client.disconnect();
  });

/** A server that was demoted answers every write so, also from within a script, for as long as one stays connected to it. */
const isReadOnly = (error: unknown): boolean => error instanceof Error && error.message.includes('READONLY');

/** Replies of one moment are of one demotion. */
const ONE_DEMOTION_MS = 1_000;

interface DemotionWatch {
  /** A client that is to be connected anew when any of them finds the server demoted. */
  readonly add: (client: RedisClient) => void;
  readonly noticed: () => void;
  /** Makes every connection anew: to where the address, or a sentinel, leads now. */
  readonly connectAnew: () => void;
}

/**
 * After a failover the address leads to another server, yet connections stay where they are. When one of them hears that its
 * server can no longer be written, all are made anew: those that only read or listen would never hear of it.
 */
const demotionWatch = (onDemoted: () => void): DemotionWatch => {
  const clients: RedisClient[] = [];
  let last = -Infinity;
  const connectAnew = (): void => {
    for (const client of clients) if (client.status === 'ready') client.disconnect(true);
  };
  return {
    add: (client) => void clients.push(client),
    connectAnew,
    noticed: () => {
      const now = performance.now();
      if (now - last < ONE_DEMOTION_MS) return;
      last = now;
      onDemoted();
      connectAnew();
    },
  };
};

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
