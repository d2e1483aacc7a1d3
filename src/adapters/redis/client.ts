import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { type ConnectionOptions } from 'node:tls';
import { type RedisAddress } from './redis-url.js';

/** What commands are sent to. Keys get the namespace put before them by the client itself. */
export type RedisClient = Redis | Cluster;

/** Certificates in PEM, or made of them, read for each connection; the authority is needed where Node does not know it. */
export type RedisTls = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'secureContext'>;

/** Where Redis is, and how this shop shows who it is there. */
export interface RedisAccess {
  readonly address: RedisAddress;
  readonly tls?: RedisTls;
  /** Who this shop is to the sentinels, where they ask. */
  readonly sentinelUser?: { readonly username?: string; readonly password?: string };
  /** Stands before every key and channel. */
  readonly namespace?: string;
}

export const credentials = ({ username, password }: Pick<RedisAddress, 'username' | 'password'>) => ({
  ...(username !== undefined && { username }),
  ...(password !== undefined && { password }),
});

export const tlsOf = ({ address, tls }: RedisAccess): Pick<RedisOptions, 'tls'> =>
  address.tls ? { tls: tls ?? {} } : {};

/** What a client does on its way, whatever it is connected to. */
export interface ClientOptions {
  readonly name: string;
  /** Between tries to connect, milliseconds. */
  readonly retryStrategy: (times: number) => number;
  readonly connectTimeout: number;
  /** Queues commands while it is not connected, and sends again what got no answer: for as long as `commandTimeout`. */
  readonly waits: boolean;
  readonly commandTimeout?: number;
  readonly reconnectOnError: (error: Error) => boolean;
}

/** A cluster's queue has no end of its own for what waits in it. */
class WaitingCluster extends Cluster {
  private readonly commandTimeout: number | undefined;

  constructor(access: RedisAccess, options: ClientOptions) {
    const { address, namespace = '' } = access;
    const { name, retryStrategy, connectTimeout, waits, commandTimeout } = options;
    super([...address.hosts], {
      keyPrefix: namespace,
      lazyConnect: true,
      enableOfflineQueue: waits,
      clusterRetryStrategy: retryStrategy,
      slotsRefreshTimeout: connectTimeout,
      // A node is a name to its certificate, and may have another address tomorrow.
      dnsLookup: (host, found) => found(null, host),
      redisOptions: { ...credentials(address), ...tlsOf(access), connectTimeout, connectionName: name },
    });
    this.commandTimeout = commandTimeout;
  }

  override sendCommand(...sent: Parameters<Cluster['sendCommand']>): unknown {
    if (this.commandTimeout !== undefined) sent[0].setTimeout(this.commandTimeout);
    return super.sendCommand(...sent);
  }
}

/** For one server, or the primary that sentinels name; `more` goes before what the access says. */
export const redisOf = (access: RedisAccess, more: RedisOptions): Redis => {
  const { address, namespace = '', sentinelUser = {} } = access;
  const [{ host, port }] = address.hosts;
  const where: RedisOptions =
    address.form === 'sentinel'
      ? {
          sentinels: address.hosts.map((each) => ({ ...each })),
          name: address.primary,
          enableTLSForSentinelMode: address.tls,
          ...(address.tls && { sentinelTLS: access.tls ?? {} }),
          ...(sentinelUser.username !== undefined && { sentinelUsername: sentinelUser.username }),
          ...(sentinelUser.password !== undefined && { sentinelPassword: sentinelUser.password }),
        }
      : { host, port };
  return new Redis({
    ...where,
    ...credentials(address),
    ...tlsOf(access),
    db: address.database,
    keyPrefix: namespace,
    ...more,
  });
};

/** Not connected yet. */
export const clientOf = (access: RedisAccess, options: ClientOptions): RedisClient => {
  if (access.address.form === 'cluster') return new WaitingCluster(access, options);
  const { name, waits, commandTimeout, ...rest } = options;
  return redisOf(access, {
    ...rest,
    lazyConnect: true,
    connectionName: name,
    ...(access.address.form === 'sentinel' && { sentinelRetryStrategy: options.retryStrategy }),
    ...(commandTimeout !== undefined && { commandTimeout }),
    ...(!waits && { enableOfflineQueue: false, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false }),
  });
};

/**
 * Each server that can be written now. A cluster has none before it is ready: whoever asked a node then would connect it, and a
 * cluster that finds a node connecting when it is about to be ready gives up and begins anew.
 */
export const primariesOf = (client: RedisClient): ReadonlyArray<Redis> => {
  if (!(client instanceof Cluster)) return [client];
  return client.status === 'ready' ? client.nodes('master') : [];
};
