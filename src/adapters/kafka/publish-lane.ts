import { either as E } from 'fp-ts';
import { type Message as KafkaMessage } from 'kafkajs';
import { type Message, type PublishError, type Published } from '../../application/ports/message-log.js';
import { type KafkaSettings } from './options.js';
import { type ProducerSupply } from './producer-supply.js';
import { sendBatch } from './send-batch.js';

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
