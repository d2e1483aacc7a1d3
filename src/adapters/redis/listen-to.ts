import { type Redis } from 'ioredis';
import { type ClientOptions, type RedisAccess, type RedisClient, redisOf } from './client.js';
import { type RedisHost } from './redis-url.js';

export interface Listening {
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
export const listenTo = (
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
export const ended = (client: RedisClient): Promise<void> =>
  new Promise((resolve) => {
    if (client.status === 'ready' || client.status === 'connect') client.once('end', () => resolve());
    else resolve();
    client.disconnect();
  });
