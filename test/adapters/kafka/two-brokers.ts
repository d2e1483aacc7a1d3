import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import Cluster from 'kafkajs/src/cluster/index.js';

interface Asked {
  readonly topics: ReadonlyArray<{
    readonly topic: string;
    readonly partitions: ReadonlyArray<{ readonly partition: number; readonly fetchOffset: string }>;
  }>;
}

interface Committed {
  readonly topics: ReadonlyArray<{
    readonly partitions: ReadonlyArray<{ readonly partition: number; readonly offset: string | number }>;
  }>;
}

const MESSAGES_PER_ANSWER = 10;

/**
 * In place of a cluster of two brokers with one topic of two partitions, and one member in the group. Broker 1 leads
 * partition 0, which is empty; broker 2 leads partition 1 with `length` messages. Its answers from the second on wait.
 */
export const twoBrokers = (topic: string, length: number) => {
  const leaders = [1, 2];
  const committed = new Map([0, 1].map((partition) => [partition, '0']));
  const seen = { joins: 0, refreshes: 0, fetchesSinceRefresh: 0, partitions: 0 };
  let waits = 0;
  let send: () => void = () => undefined;
  const sent = new Promise<void>((resolve) => (send = resolve));

  const messagesFrom = (partition: number, first: number) =>
    Array.from({ length: partition === 1 ? Math.min(MESSAGES_PER_ANSWER, length - first) : 0 }, (_, index) => ({
      offset: String(first + index),
      timestamp: '0',
      key: null,
      value: Buffer.from(`message ${first + index}`),
      headers: {},
    }));

  const fetch = async (nodeId: number, { topics }: Asked) => {
    await sleep(1);
    const asked = topics.flatMap(({ partitions }) => partitions);
    if (asked.some(({ partition }) => leaders[partition] !== nodeId))
      throw Object.assign(new Error('another broker leads it'), { type: 'NOT_LEADER_FOR_PARTITION' });
    const partitions = asked.map(({ partition, fetchOffset }) => ({
      partition,
      highWatermark: String(length),
      abortedTransactions: [],
      messages: messagesFrom(partition, Number(fetchOffset)),
    }));
    if (nodeId === 2 && asked.some(({ fetchOffset }) => fetchOffset !== '0')) {
      waits += 1;
      await sent;
    }
    return { responses: [{ topicName: topic, partitions }] };
  };

  const coordinator = {
    isConnected: () => true,
    joinGroup: async () => {
      seen.joins += 1;
      return { generationId: seen.joins, leaderId: 'another', memberId: 'this', members: [], groupProtocol: 'any' };
    },
    syncGroup: async () => ({
      memberAssignment: kafkajs.AssignerProtocol.MemberAssignment.encode({
        version: 0,
        assignment: { [topic]: [0, 1] },
        userData: Buffer.alloc(0),
      }),
    }),
    heartbeat: async () => undefined,
    leaveGroup: async () => undefined,
    offsetFetch: async () => ({
      responses: [{ topic, partitions: [...committed].map(([partition, offset]) => ({ partition, offset })) }],
    }),
    offsetCommit: async ({ topics }: Committed) => {
      for (const { partition, offset } of topics.flatMap(({ partitions }) => partitions))
        committed.set(partition, String(offset));
    },
  };

  Object.assign(Cluster.prototype, {
    connect: async () => undefined,
    disconnect: async () => undefined,
    addMultipleTargetTopics: async () => undefined,
    refreshMetadata: async () => {
      seen.refreshes += 1;
      seen.fetchesSinceRefresh = 0;
    },
    refreshMetadataIfNecessary: async () => void (seen.fetchesSinceRefresh += 1),
    getNodeIds: () => [1, 2],
    findTopicPartitionMetadata: () => {
      seen.partitions = leaders.length;
      return leaders.map((leader, partitionId) => ({ partitionId, leader }));
    },
    findGroupCoordinator: async () => coordinator,
    findBroker: async ({ nodeId }: { readonly nodeId: number }) => ({
      fetch: async (asked: Asked) => fetch(nodeId, asked),
    }),
  });

  return {
    seen,
    committed,
    anAnswerWaits: () => waits > 0,
    sendAnswers: send,
    /** Of partition 0. */
    electBroker2: () => void (leaders[0] = 2),
    addPartition: () => void leaders.push(1),
  };
};
