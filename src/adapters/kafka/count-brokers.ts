import { kafkaClient } from './client.js';
import { inTime } from './in-time.js';
import { type KafkaOptions, kafkaSettings } from './options.js';
import { letGo, watchedSockets } from './sockets.js';

const WITHIN_MS = 4_000;

/** How many brokers the cluster has; null where none of those that were named answers. */
export const countBrokers = async (options: KafkaOptions): Promise<number | null> => {
  const sockets = watchedSockets();
  const admin = kafkaClient(kafkaSettings({ ...options, callTimeoutMs: WITHIN_MS }), 0, sockets).admin();
  try {
    const asked = admin.connect().then(() => admin.describeCluster());
    return (await inTime(asked, WITHIN_MS, 'looking for Kafka')).brokers.length;
  } catch {
    return null;
  } finally {
    await letGo(admin, sockets, WITHIN_MS);
  }
};
