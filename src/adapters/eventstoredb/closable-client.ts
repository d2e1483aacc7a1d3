import { EventStoreDBClient } from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type Proposal } from './append-messages.js';
import { type Commit } from './append-stream.js';
import { AppendStreams } from './append-streams.js';

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
