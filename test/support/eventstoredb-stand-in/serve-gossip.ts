import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { type sendUnaryData } from '@grpc/grpc-js';

/** A cluster of one node, the leader: what a client asks for that was told several hosts. */
export const serveGossip =
  (address: string, port: () => number) =>
  (_: unknown, answer: sendUnaryData<InstanceType<typeof gossip.ClusterInfo>>): void => {
    const member = new gossip.MemberInfo()
      .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000000'))
      .setState(gossip.MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new gossip.EndPoint().setAddress(address).setPort(port()));
    answer(null, new gossip.ClusterInfo().setMembersList([member]));
  };
