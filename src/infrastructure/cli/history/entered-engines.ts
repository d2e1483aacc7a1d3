import { either as E } from 'fp-ts';
import { openDataDirectory } from '../../../adapters/embedded/environment/index.js';
import { beginAt } from '../../../adapters/embedded/message-log/begin-at.js';
import { topics } from '../../../application/kernel/messaging/topics.js';
import { type PlaceInLog } from '../../../application/ports/message-log.js';
import { type Config } from '../../config/load-config.js';
import { type Engines } from '../../engines/engines.js';
import { dataDirectoryFault } from '../../engines/start-fault.js';
import { CallFailed } from '../failures.js';
import { answerOf } from './answer-of.js';
import { enginesOf, quietly } from './engines.js';

/** Lets the partitions of an embedded log go on behind messages they never held. Rejects with CallFailed. */
export const beginEmbeddedLogAt = async (directory: string, starts: ReadonlyArray<PlaceInLog>): Promise<void> => {
  const opened = await openDataDirectory(directory)();
  if (E.isLeft(opened)) throw new CallFailed(dataDirectoryFault(opened.left));
  await beginAt(opened.right.root, starts);
  await opened.right.close();
};

const beginKafkaLogAt = async (
  brokers: ReadonlyArray<string>,
  config: Config,
  starts: ReadonlyArray<PlaceInLog>,
): Promise<void> => {
  const { beginKafkaAt } = await import('../../../adapters/kafka/begin-at.js');
  const { kafkaOptions } = await import('../../engines/kafka-log.js');
  const options = kafkaOptions(brokers, quietly(config));
  if (E.isLeft(options)) throw new CallFailed(options.left);
  const used = await beginKafkaAt(options.right, starts);
  if (used.length > 0)
    throw new CallFailed(`Kafka holds messages in ${used.join(', ')}: move into topics that are empty`, 'NOT_EMPTY');
};

/** The engines a shop moves to, before any server runs on them. */
export interface EnteredEngines {
  readonly engines: () => Engines;
  /** Lets the log begin behind the messages of the shop that is moved. Rejects with CallFailed. */
  readonly beginLogAt: (starts: ReadonlyArray<PlaceInLog>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Rejects with CallFailed. */
export const enterEngines = async (config: Config): Promise<EnteredEngines> => {
  let engines = await enginesOf(config);
  const ensureTopics = async (): Promise<void> => {
    await answerOf('message log', engines.log.messageLog.ensureTopics(topics(config.KAFKA_PARTITIONS)));
  };
  await ensureTopics();
  return {
    engines: () => engines,
    beginLogAt: async (starts) => {
      if (config.KAFKA_BROKERS !== undefined) return beginKafkaLogAt(config.KAFKA_BROKERS, config, starts);
      await engines.close();
      await beginEmbeddedLogAt(config.DATA_DIR, starts);
      engines = await enginesOf(config);
      await ensureTopics();
    },
    close: () => engines.close(),
  };
};
