import { type Config } from '../config/load-config.js';

/** Whether any engine is in the data directory; else the directory is not even opened. */
export const isEmbedded = ({
  EVENTSTORE_URL,
  KAFKA_BROKERS,
  REDIS_URL,
}: Pick<Config, 'EVENTSTORE_URL' | 'KAFKA_BROKERS' | 'REDIS_URL'>): boolean =>
  EVENTSTORE_URL === undefined || KAFKA_BROKERS === undefined || REDIS_URL === undefined;
