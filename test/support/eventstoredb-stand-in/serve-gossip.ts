import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { type sendUnaryData } from '@grpc/grpc-js';
import { type Node } from './behaviour.js';

const { LEADER, FOLLOWER, UNKNOWN } = gossip.MemberInfo.VNodeState;
const states = { LEADER, FOLLOWER, UNKNOWN };

const memberOf = (address: string, { port, isAlive, state }: Node): InstanceType<typeof gossip.MemberInfo> =>
  new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(`00000000-0000-4000-8000-${String(port).padStart(12, '0')}`))
    .setState(states[state])
    .setIsAlive(isAlive)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(address).setPort(port));

/** Who is there and who leads: what a client asks for that was told several hosts. */
export const serveGossip =
  (address: string, nodes: () => ReadonlyArray<Node>) =>
  (_: unknown, answer: sendUnaryData<InstanceType<typeof gossip.ClusterInfo>>): void =>
    answer(null, new gossip.ClusterInfo().setMembersList(nodes().map((node) => memberOf(address, node))));
