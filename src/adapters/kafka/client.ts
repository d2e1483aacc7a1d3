import kafkajs, { type ISocketFactory, type Kafka, type logCreator, type RetryOptions } from 'kafkajs';
import { type KafkaSettings } from './options.js';

/** No retries inside the library: whoever calls knows what a repetition means. NODE_ENV=test would change the defaults. */
export const NO_RETRIES: RetryOptions = {
  retries: 0,
  initialRetryTime: 50,
  maxRetryTime: 1_000,
  factor: 0.2,
  multiplier: 2,
};

/** For consumers and administration, where repeating is harmless. */
export const RETRIES: RetryOptions = { ...NO_RETRIES, retries: 5 };

/** The library calls every rebalance and lost connection an error; to us they are weather. Causes reach callers as errors. */
const logTo =
  ({ log }: KafkaSettings): logCreator =>
  () =>
  ({ namespace, log: { message, stack: _stack, timestamp: _timestamp, logger: _logger, ...fields } }) =>
    log.debug({ engine: 'kafka', part: namespace, ...fields }, message);

export const kafkaClient = (settings: KafkaSettings, retry: RetryOptions, socketFactory?: ISocketFactory): Kafka =>
  new kafkajs.Kafka({
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    connectionTimeout: 1_000,
    authenticationTimeout: 2_000,
    requestTimeout: Math.min(settings.callTimeoutMs, settings.publishTimeoutMs),
    enforceRequestTimeout: true,
    retry,
    logCreator: logTo(settings),
    ...(socketFactory === undefined ? {} : { socketFactory }),
  });
