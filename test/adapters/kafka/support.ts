import { either as E } from 'fp-ts';
import { type KafkaMessageLog, kafkaMessageLog } from '../../../src/adapters/kafka/kafka-message-log.js';
import { type KafkaOptions } from '../../../src/adapters/kafka/options.js';
import { type LoggedMessage, type Message } from '../../../src/application/ports/message-log.js';

const nothing = () => undefined;

/** A log for tests: quick to give up; what it warned of is remembered. */
export const testKafka = (
  brokers: ReadonlyArray<string>,
  options: Partial<KafkaOptions> = {},
): KafkaMessageLog & { readonly warned: ReadonlyArray<string> } => {
  const warned: string[] = [];
  const log = kafkaMessageLog({
    brokers,
    log: { debug: nothing, info: nothing, warn: (_, line) => void warned.push(line), error: nothing },
    metrics: { count: nothing, gauge: nothing, observe: nothing },
    sessionTimeoutMs: 2_000,
    publishTimeoutMs: 1_000,
    callTimeoutMs: 3_000,
    ...options,
  });
  return Object.assign(log, { warned });
};

export const message = (value: string, key = 'coupon-1'): Message => ({ key, value, headers: { 'event-id': value } });

/** The answer of a port that must not have failed. */
export const right = <L, A>(answer: E.Either<L, A>): A => {
  if (E.isLeft(answer)) throw new Error(`unexpected ${String(answer.left)}`);
  return answer.right;
};

/** Everything in one partition. */
export const allOf = async (
  log: KafkaMessageLog,
  topic: string,
  partition = 0,
): Promise<ReadonlyArray<LoggedMessage>> => right(await log.read({ topic, partition, offset: 0 }, 100_000)());

export const valuesOf = async (log: KafkaMessageLog, topic: string, partition = 0): Promise<ReadonlyArray<string>> =>
  (await allOf(log, topic, partition)).map(({ value }) => value);
