import { existsSync, readFileSync } from 'node:fs';
import { EventStoreDBClient } from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { AppendStream, type Commit, type Proposal } from './append-stream.js';
import { type ConnectionString } from './connection-string.js';

const { StreamsClient } = streamsGrpc;

/** The client asks a quiet connection for a sign of life every 10 s: a call on one that went silent fails within 15 s. */
const SIGN_OF_LIFE_WITHIN_MS = 5_000;

/** Of the hundred that a server lets a connection have, reads and subscriptions among them. */
const MOST_APPEND_STREAMS = 32;

/** A file that the connection string names and that is not there. */
export class FileNotFound extends Error {
  constructor(
    readonly option: 'tlsCAFile' | 'userCertFile' | 'userKeyFile',
    readonly path: string,
  ) {
    super(`${option}: there is no file ${path}`);
  }
}

const fileOf = (option: FileNotFound['option'], path: string): Buffer => {
  if (!existsSync(path)) throw new FileNotFound(option, path);
  return readFileSync(path);
};

const channelOf = ({ tls, tlsVerifyCert, tlsCAFile, userCertFile, userKeyFile }: ConnectionString) => {
  if (!tls) return { insecure: true };
  return {
    ...(tlsCAFile !== undefined && { rootCertificate: fileOf('tlsCAFile', tlsCAFile) }),
    ...(userCertFile !== undefined && { userCertFile: fileOf('userCertFile', userCertFile) }),
    ...(userKeyFile !== undefined && { userKeyFile: fileOf('userKeyFile', userKeyFile) }),
    ...(!tlsVerifyCert && { verifyOptions: { rejectUnauthorized: false } }),
  };
};

/** The client leaves its connection open, and trying to connect, when it is disposed of. */
export class ClosableClient extends EventStoreDBClient {
  private readonly appends = new Set<AppendStream>();

  /** Where its last event stands. Rejects with what the server said, or with how the connection ended. */
  append(proposal: Proposal, signal: AbortSignal): Promise<Commit> {
    const [first, ...others] = this.appends;
    const freest = others.reduce((one, other) => (other.unsent() < (one?.unsent() ?? 0) ? other : one), first);
    const isFree = freest !== undefined && (freest.unsent() === 0 || this.appends.size === MOST_APPEND_STREAMS);
    return (isFree ? freest : this.openAppends()).append(proposal, signal);
  }

  /** Nobody awaits how connecting again ends: where no node is found, whoever calls next is told. */
  reconnectingQuietly(): this {
    const reconnect = this.handleError;
    this.handleError = (client, error) => reconnect(client, error).catch(() => undefined);
    return this;
  }

  /** Ends every call under way. */
  async close(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
  }

  /** Which release the server is; null where it does not say. */
  async serverVersion(): Promise<string | null> {
    const { serverVersion } = await this.capabilities;
    return serverVersion === 'unknown' ? null : serverVersion;
  }

  private openAppends(): AppendStream {
    const open = this.GRPCStreamCreator(StreamsClient, 'batchAppend', (client) =>
      client.batchAppend(...this.callArguments({}, { deadline: Infinity })),
    );
    const opened: AppendStream = new AppendStream(open(), () => this.appends.delete(opened));
    this.appends.add(opened);
    return opened;
  }
}

/**
 * A client of its own connection: clients with the same settings share one, so each `generation` waits for a sign of life
 * a millisecond longer. Throws FileNotFound.
 */
export const createClient = (to: ConnectionString, generation: number): ClosableClient => {
  const { hosts, discover, tls: _, tlsVerifyCert: __, credentials, ...options } = to;
  const settings = { ...options, keepAliveTimeout: (options.keepAliveTimeout ?? SIGN_OF_LIFE_WITHIN_MS) + generation };
  const channel = channelOf(to);
  const [first] = hosts;
  if (first === undefined) throw new Error('no host');
  const create = (): ClosableClient => {
    if (discover) return new ClosableClient({ ...settings, discover: first }, channel, credentials);
    return hosts.length > 1
      ? new ClosableClient({ ...settings, endpoints: [...hosts] }, channel, credentials)
      : new ClosableClient({ ...settings, endpoint: first }, channel, credentials);
  };
  return create().reconnectingQuietly();
};
