import { EventStoreDBClient } from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type Proposal } from './append-messages.js';
import { type AppendCall, AppendStream, type Commit } from './append-stream.js';

/** A server allows a connection a hundred streams, and reads and subscriptions need some of them. */
const MOST = 32;

/** The streams of messages that the appends of a client share: one is opened when all that are open have something to send. */
class AppendStreams {
  private readonly streams = new Set<AppendStream>();

  constructor(private readonly openCall: () => Promise<AppendCall>) {}

  /** Where its last event stands. Rejects with what the server said, or with how the connection ended; not by itself. */
  append(proposal: Proposal, signal: AbortSignal): Promise<Commit> {
    const [first, ...others] = this.streams;
    const freest = others.reduce((one, other) => (other.unsent() < (one?.unsent() ?? 0) ? other : one), first);
    const isTaken = freest !== undefined && (freest.unsent() === 0 || this.streams.size === MOST);
    return (isTaken ? freest : this.open()).append(proposal, signal);
  }

  private open(): AppendStream {
    const opened: AppendStream = new AppendStream(this.openCall(), () => this.streams.delete(opened));
    this.streams.add(opened);
    return opened;
  }
}

const { StreamsClient } = streamsGrpc;

/** The client leaves its connection open, and trying to connect, when it is disposed of. */
export class ClosableClient extends EventStoreDBClient {
  private readonly appends = new AppendStreams(() =>
    this.GRPCStreamCreator(StreamsClient, 'batchAppend', (client) =>
      client.batchAppend(...this.callArguments({}, { deadline: Infinity })),
    )(),
  );

  /** See AppendStreams. */
  append(proposal: Proposal, signal: AbortSignal): Promise<Commit> {
    return this.appends.append(proposal, signal);
  }

  /** The client awaits nothing when it connects again by itself: where it finds no node, whoever calls next is told. */
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
}
