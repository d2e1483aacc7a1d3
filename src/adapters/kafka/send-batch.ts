import { either as E } from 'fp-ts';
import { type Message as KafkaMessage } from 'kafkajs';
import { type PublishError } from '../../application/ports/message-log.js';
import { inTime, sleep, toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { type WatchedProducer } from './producer-supply.js';

const RETRY_AFTER_MS = [50, 100, 200];

/** Answers to a Produce request that mean it was not written. Others may come from a look-up after the connection broke. */
const REFUSED: ReadonlySet<unknown> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'CORRUPT_MESSAGE',
  'NOT_ENOUGH_REPLICAS',
  'TOPIC_AUTHORIZATION_FAILED',
]);

const refusal = (thrown: unknown): unknown => {
  if (typeof thrown !== 'object' || thrown === null) return null;
  if ('type' in thrown && REFUSED.has(thrown.type)) return thrown.type;
  return 'cause' in thrown ? refusal(thrown.cause) : null;
};

/** Ends with the last attempt's error; once `abandoned`, no further attempt begins. */
const attempts = async (send: () => ReturnType<WatchedProducer['send']>, abandoned: () => boolean): Promise<number> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const [answer] = await send();
      return Number(answer?.baseOffset);
    } catch (error) {
      const wait = RETRY_AFTER_MS[attempt];
      if (wait === undefined || abandoned() || refusal(error) !== null) throw error;
      await sleep(wait);
    }
  }
};

/**
 * One batch for one partition: all of it or nothing. Answers the offset of its first message. Tried up to four times by
 * the same producer under the same sequence numbers, within the publish timeout. When it answers an error the producer
 * must be retired.
 */
export const sendBatch = async (
  producer: WatchedProducer,
  topic: string,
  messages: KafkaMessage[],
  settings: KafkaSettings,
): Promise<E.Either<PublishError, number>> => {
  const before = producer.written();
  let outOfTime = false;
  const send = () => producer.send({ topic, messages, acks: -1, timeout: settings.publishTimeoutMs });
  const outcome = attempts(send, () => outOfTime);
  try {
    return E.right(await inTime(outcome, settings.publishTimeoutMs, 'publishing', () => (outOfTime = true)));
  } catch (error) {
    const written = producer.written() - before;
    // Out of time, an attempt is still under way and may write yet. A refusal says nothing of an earlier attempt.
    const known = !outOfTime && (written === 0 || (written === 1 && refusal(error) !== null));
    settings.log.warn({ engine: 'kafka', topic, known, error: toError(error).message }, 'Publishing failed');
    return E.left(known ? 'PublishFailed' : 'PublishOutcomeUnknown');
  }
};
