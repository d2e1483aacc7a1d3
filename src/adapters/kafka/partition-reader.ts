import type Cluster from 'kafkajs/src/cluster/index.js';
import { type LoggedMessage } from '../../application/ports/message-log.js';
import { kafkaCluster, READ_COMMITTED } from './client.js';
import { inTime } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { letGo, type Sockets, watchedSockets } from './sockets.js';
import { toMessage } from './to-message.js';

export interface PartitionReader {
  /** One fetch from `offset`, at most about `maxBytes` but at least one message, if there is one. No group is involved. */
  readonly fetch: (topic: string, partition: number, offset: number, maxBytes: number) => Promise<LoggedMessage[]>;
  readonly close: () => Promise<void>;
}

interface Connected {
  readonly cluster: Cluster;
  readonly sockets: Sockets;
}

const connectCluster = async (settings: KafkaSettings): Promise<Connected> => {
  const sockets = watchedSockets();
  const cluster = kafkaCluster(settings, 2, sockets);
  try {
    await cluster.connect();
    return { cluster, sockets };
  } catch (error) {
    sockets.end();
    throw error;
  }
};

/** Connects when first needed, and afresh after a failure: leaders move. */
export const partitionReader = (settings: KafkaSettings): PartitionReader => {
  let connected: Promise<Connected> | null = null;

  const forget = async (which: Promise<Connected>) => {
    if (connected === which) connected = null;
    await which.then(({ cluster, sockets }) => letGo(cluster, sockets)).catch(() => undefined);
  };

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
    fetch: async (topic, partition, offset, maxBytes) => {
      const using = (connected ??= connectCluster(settings));
      try {
        const fetched = using.then(({ cluster }) => fetchFrom(cluster, { topic, partition, offset }, maxBytes));
        return await inTime(fetched, settings.callTimeoutMs, 'reading a partition');
      } catch (error) {
        void forget(using);
        throw error;
      }
    },
    close: async () => {
      if (connected !== null) await forget(connected);
    },
  };
};
