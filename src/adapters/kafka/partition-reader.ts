import type Cluster from 'kafkajs/src/cluster/index.js';
import { type LoggedMessage } from '../../application/ports/message-log.js';
import { kafkaCluster, READ_COMMITTED } from './client.js';
import { heldClient } from './held-client.js';
import { type KafkaSettings } from './options.js';
import { toMessage } from './to-message.js';

export interface PartitionReader {
  /** One fetch from `offset`, at most about `maxBytes` but at least one message, if there is one. No group is involved. */
  readonly fetch: (topic: string, partition: number, offset: number, maxBytes: number) => Promise<LoggedMessage[]>;
  readonly close: () => Promise<void>;
}

/** Connects when first needed, and afresh after a failure: leaders move. */
export const partitionReader = (settings: KafkaSettings): PartitionReader => {
  const { use, close } = heldClient(settings, (sockets) => kafkaCluster(settings, 2, sockets));

  const fetchFrom = async (
    cluster: Cluster,
    { topic, partition, offset }: { readonly topic: string; readonly partition: number; readonly offset: number },
    maxBytes: number,
  ) => {
    const name = `${settings.prefix}${topic}`;
    await cluster.addTargetTopic(name);
    const [leader] = Object.keys(cluster.findLeaderForPartitions(name, [partition]));
    if (leader === undefined) throw new Error(`no leader for ${name}/${partition}`);
    const broker = await cluster.findBroker({ nodeId: leader });
    const { responses } = await broker.fetch({
      maxWaitTime: 10,
      minBytes: 1,
      maxBytes,
      isolationLevel: READ_COMMITTED,
      topics: [{ topic: name, partitions: [{ partition, fetchOffset: String(offset), maxBytes }] }],
    });
    // A record batch is delivered whole, though `offset` may stand in its middle.
    return responses
      .flatMap(({ partitions }) => partitions.flatMap(({ messages }) => messages))
      .filter((message) => message.isControlRecord !== true && Number(message.offset) >= offset)
      .map((message) => toMessage(topic, partition, message));
  };

  return {
    fetch: (topic, partition, offset, maxBytes) =>
      use('reading a partition', (cluster) => fetchFrom(cluster, { topic, partition, offset }, maxBytes)),
    close,
  };
};
