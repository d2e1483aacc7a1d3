import grpc from '@grpc/grpc-js';
import { type Node } from './behaviour.js';

const WITHOUT_LEADER = { code: grpc.status.UNAVAILABLE, details: 'Server Is Not Ready' };

const ledBy = (host: string, { port }: Node) => {
  const metadata = new grpc.Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', host);
  metadata.set('leader-endpoint-port', String(port));
  return { code: grpc.status.NOT_FOUND, details: 'Leader info available', metadata };
};

/** A call that asks for the leader is sent there by every other node; while nobody leads, no node is ready. */
export const refuseUnlessLeader =
  (host: string, ownPort: () => number, nodes: () => ReadonlyArray<Node>): grpc.ServerInterceptor =>
  (_, call) =>
    new grpc.ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, receive) => {
            const leader = nodes().find(({ state }) => state === 'LEADER');
            const wantsLeader = metadata.get('requires-leader').includes('true');
            if (!wantsLeader || leader?.port === ownPort()) return receive(metadata);
            call.sendStatus(leader === undefined ? WITHOUT_LEADER : ledBy(host, leader));
          },
        }),
    });
