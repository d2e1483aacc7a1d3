import { either as E } from 'fp-ts';
import { findKafkaFault } from '../../adapters/kafka/find-fault.js';
import { kafkaMessageLog } from '../../adapters/kafka/kafka-message-log.js';
import { type KafkaOptions, type KafkaSecurity } from '../../adapters/kafka/options.js';
import { type Config } from '../config/load-config.js';
import { type EngineContext, type LogEngine } from './engines.js';
import { namespaceOf } from './namespace.js';
import { pemFiles } from './pem-files.js';

/** Left names the variable whose file cannot be read. */
const tlsOf = (config: Config): E.Either<string, KafkaSecurity> =>
  config.KAFKA_SSL === 'false'
    ? E.right({})
    : E.map((pem: object): KafkaSecurity => ({ ssl: Object.keys(pem).length === 0 ? true : pem }))(
        pemFiles(config, 'KAFKA'),
      );

const securityOf = (config: Config): E.Either<string, KafkaSecurity> => {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  if (mechanism === undefined || username === undefined || password === undefined) return tlsOf(config);
  return E.map((tls: KafkaSecurity) => ({ ...tls, sasl: { mechanism, username, password } }))(tlsOf(config));
};

/** As the configuration says. Left names the variable whose file cannot be read. */
export const kafkaOptions = (
  brokers: ReadonlyArray<string>,
  { config, log, metrics }: Omit<EngineContext, 'clock'>,
): E.Either<string, KafkaOptions> =>
  E.map((security: KafkaSecurity) => ({
    brokers,
    log,
    metrics,
    security,
    prefix: namespaceOf(config),
    clientId: config.KAFKA_CLIENT_ID,
    replication: config.KAFKA_REPLICATION,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  }))(securityOf(config));

/** The message log on Kafka. Left: why waiting for it would not help. */
export const kafkaLog = async (
  brokers: ReadonlyArray<string>,
  context: EngineContext,
): Promise<E.Either<string, LogEngine>> => {
  const options = kafkaOptions(brokers, context);
  if (E.isLeft(options)) return options;
  const fault = await findKafkaFault(options.right);
  if (E.isLeft(fault)) return fault;
  const { health, close, ...messageLog } = kafkaMessageLog(options.right);
  return E.right({ messageLog, health: async () => health(), close });
};
