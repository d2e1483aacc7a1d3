import { either as E } from 'fp-ts';
import { type Message as KafkaMessage } from 'kafkajs';
import { type Message, type Published, type PublishError } from '../../application/ports/message-log.js';
import { inTime, toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { type ProducerSupply, type WatchedProducer } from './producer-supply.js';

const NOT_SENT = 'Messages cannot be published to Kafka';

/** Answers to a Produce request that mean it was not written. Others may come from a look-up after the connection broke. */
const REFUSED: ReadonlySet<unknown> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'CORRUPT_MESSAGE',
  'NOT_ENOUGH_REPLICAS',
  'TOPIC_AUTHORIZATION_FAILED',
]);

const TOO_LARGE: ReadonlySet<unknown> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);

const isOneOf = (types: ReadonlySet<unknown>, thrown: unknown): boolean => {
  if (typeof thrown !== 'object' || thrown === null) return false;
  return ('type' in thrown && types.has(thrown.type)) || ('cause' in thrown && isOneOf(types, thrown.cause));
};

/** `TooLarge`: known not to be written; of several messages, fewer at once may be. */
type SendError = PublishError | 'TooLarge';

/**
 * One batch for one partition: all of it or nothing. Answers the offset of its first message. The producer repeats it a
 * few times under the same sequence numbers; when this answers an error the producer must be retired.
 */
const sendBatch = async (
  producer: WatchedProducer,
  topic: string,
  messages: KafkaMessage[],
  settings: KafkaSettings,
): Promise<E.Either<SendError, number>> => {
  const before = producer.written();
  let outOfTime = false;
  const sent = producer.send({ topic, messages, acks: -1, timeout: settings.publishTimeoutMs });
  try {
    const [answer] = await inTime(sent, settings.publishTimeoutMs, 'publishing', () => (outOfTime = true));
    settings.troubles.over(NOT_SENT, topic);
    return E.right(Number(answer?.baseOffset));
  } catch (error) {
    const written = producer.written() - before;
    // Out of time, an attempt is still under way and may write yet. A refusal says nothing of an earlier attempt.
    const known = !outOfTime && (written === 0 || (written === 1 && isOneOf(REFUSED, error)));
    if (known && isOneOf(TOO_LARGE, error)) return E.left('TooLarge');
    settings.troubles.met(NOT_SENT, topic, { topic, known, error: toError(error).message });
    return E.left(known ? 'PublishFailed' : 'PublishOutcomeUnknown');
  }
};

interface Pending {
  readonly message: KafkaMessage;
  readonly bytes: number;
  readonly answer: (outcome: E.Either<PublishError, Published>) => void;
}

export type PublishLane = (message: Message, bytes: number, answer: Pending['answer']) => void;

/** How long the first message of a batch waits for company. */
const LINGER_MS = 2;
/** In one send. */
const MOST_MESSAGES = 500;
/** Below the broker's default of 1 MiB for a batch, headers and framing included. A topic that takes less says so. */
const MAX_BATCH_BYTES = 800_000;

/**
 * The messages of one partition: the first waits a moment for company, one batch is under way at a time, in order, and
 * what comes meanwhile is the next batch.
 */
export const publishLane = (
  topic: string,
  partition: number,
  supply: ProducerSupply,
  settings: KafkaSettings,
): PublishLane => {
  const waiting: Pending[] = [];
  let maxBatchBytes = MAX_BATCH_BYTES;
  let running = false;

  const nextBatch = (): Pending[] => {
    let bytes = 0;
    let count = 0;
    for (const { bytes: size } of waiting) {
      if (count > 0 && (count >= MOST_MESSAGES || bytes + size > maxBatchBytes)) break;
      bytes += size;
      count += 1;
    }
    return waiting.splice(0, count);
  };

  const answerAll = (pending: ReadonlyArray<Pending>, outcome: E.Either<PublishError, number>) => {
    const result = E.isRight(outcome) ? 'sent' : outcome.left === 'PublishFailed' ? 'failed' : 'unknown';
    settings.metrics.count('kafka_producer_record_send_total', { topic, result }, pending.length);
    pending.forEach(({ answer }, index) =>
      answer(E.isRight(outcome) ? E.right({ partition, offset: outcome.right + index }) : outcome),
    );
  };

  /** What the topic takes at once is found by halving, and kept. A message that is too large alone fails alone. */
  const tooLarge = (refused: ReadonlyArray<Pending>) => {
    const bytes = refused.reduce((sum, one) => sum + one.bytes, 0);
    if (refused.length === 1) {
      settings.log.warn({ engine: 'kafka', topic, partition, bytes }, 'A message is too large for its topic');
      return answerAll(refused, E.left('PublishFailed'));
    }
    maxBatchBytes = Math.floor(bytes / 2);
    waiting.unshift(...refused);
    settings.log.info({ engine: 'kafka', topic, partition, maxBatchBytes }, 'Batches are split: the topic takes less');
  };

  const sendNext = async () => {
    const producer = await supply.current();
    // What waited behind a failure was never tried: known to have failed.
    if (producer === null) return answerAll(waiting.splice(0), E.left('PublishFailed'));
    const batch = nextBatch();
    const messages = batch.map(({ message }) => message);
    const outcome = await sendBatch(producer, `${settings.prefix}${topic}`, messages, settings);
    if (E.isRight(outcome)) return answerAll(batch, outcome);
    supply.retire(producer);
    if (outcome.left === 'TooLarge') return tooLarge(batch);
    answerAll(waiting.splice(0), E.left('PublishFailed'));
    answerAll(batch, E.left(outcome.left));
  };

  const run = async () => {
    while (waiting.length > 0) await sendNext();
    running = false;
  };

  return ({ key, value, headers }, bytes, answer) => {
    // With its partition, so that the client does not choose one again.
    waiting.push({ message: { key, value, headers: { ...headers }, partition }, bytes, answer });
    if (running) return;
    running = true;
    setTimeout(() => void run(), LINGER_MS);
  };
};
