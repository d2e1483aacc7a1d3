import { kafkaMessageLog } from '../../adapters/kafka/kafka-message-log.js';
import { type EngineContext, type LogEngine } from './engines.js';

/** The message log on Kafka. */
export const kafkaLog = (brokers: ReadonlyArray<string>, { config, log, metrics }: EngineContext): LogEngine => {
  const { health, close, ...messageLog } = kafkaMessageLog({
    brokers,
    log,
    metrics,
    replication: config.KAFKA_REPLICATION,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  });
  return { messageLog, health: async () => health(), close };
};
