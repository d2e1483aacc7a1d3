import { either as E } from 'fp-ts';
import { type Message as KafkaMessage } from 'kafkajs';
import { type PublishError } from '../../application/ports/message-log.js';
import { inTime, toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { type WatchedProducer } from './producer-supply.js';

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
export type SendError = PublishError | 'TooLarge';

/**
 * One batch for one partition: all of it or nothing. Answers the offset of its first message. The producer repeats it a
 * few times under the same sequence numbers; when this answers an error the producer must be retired.
 */
export const sendBatch = async (
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
