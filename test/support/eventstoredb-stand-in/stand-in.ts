import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import grpc from '@grpc/grpc-js';
import { type Node, RELEASES, type Version } from './behaviour.js';
import { refuseUnlessLeader } from './refuse-unless-leader.js';
import { serveAppend } from './serve-append.js';
import { serveBatchAppend } from './serve-batch-append.js';
import { serveDelete } from './serve-delete.js';
import { serveGossip } from './serve-gossip.js';
import { type Served, serveRead } from './serve-read.js';
import { UnderWay } from './under-way.js';

export interface StandIn {
  readonly connectionString: string;
  readonly port: number;
  /** Ends every connection at once, as a server that is gone. */
  readonly stop: () => Promise<void>;
}

const METHODS = ['read', 'append', 'batchappend', 'delete'];

const supportedMethods = (version: Version): features.SupportedMethods =>
  METHODS.reduce((all, method) => {
    all.addMethods(
      new features.SupportedMethod().setServiceName('event_store.client.streams.Streams').setMethodName(method),
    );
    return all;
  }, new features.SupportedMethods().setEventStoreServerVersion(RELEASES[version]));

const securityOf = ({ tls }: Served): grpc.ServerCredentials =>
  tls === undefined
    ? grpc.ServerCredentials.createInsecure()
    : grpc.ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }]);

/**
 * The EventStoreDB protocol on a real wire, answered from our own store: what the adapter is proved by where no server can
 * run. The service definitions are the client package's own; where versions of the server differ, it behaves as one of them.
 */
export const startStandIn = async (served: Served, port = 0, host = '127.0.0.1'): Promise<StandIn> => {
  const underWay = new UnderWay();
  let bound = port;
  const alone = (): ReadonlyArray<Node> => [{ port: bound, isAlive: true, state: 'LEADER' }];
  const nodes = served.nodes ?? alone;
  const server = new grpc.Server({
    'grpc.max_receive_message_length': 4 * 2 ** 20,
    interceptors: [refuseUnlessLeader(host, () => bound, nodes)],
  });
  server.addService(streamsGrpc.StreamsService, {
    read: serveRead(served),
    append: serveAppend(served, underWay),
    batchAppend: serveBatchAppend(served, underWay),
    delete: serveDelete(served),
  });
  server.addService(featuresGrpc.ServerFeaturesService, {
    getSupportedMethods: (_: unknown, answer: grpc.sendUnaryData<features.SupportedMethods>) =>
      answer(null, supportedMethods(served.version ?? '23.10')),
  });
  server.addService(gossipGrpc.GossipService, { read: serveGossip(host, nodes) });
  bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${host}:${port}`, securityOf(served), (error, actual) =>
      error === null ? resolve(actual) : reject(error),
    ),
  );
  return {
    connectionString: `esdb://${host}:${bound}?tls=false`,
    port: bound,
    stop: async () => server.forceShutdown(),
  };
};
