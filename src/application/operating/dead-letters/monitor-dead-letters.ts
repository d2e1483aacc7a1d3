import { either as E } from 'fp-ts';
import { jsonOf } from '../../kernel/json-of.js';
import { deadLetterTopic, monitorGroup } from '../../kernel/messaging/topics.js';
import {
  deadLetterId,
  deadLetterMessage,
  type DeadLetterMessage,
  LEFT_OUT,
  LONGEST_REASON,
  recordable,
} from '../../kernel/writer/dead-letter-message.js';
import { type LoadAggregatePorts } from '../../kernel/writer/load-aggregate.js';
import { loadDecideAppend } from '../../kernel/writer/load-decide-append.js';
import { type LoggedMessage, type MessageBatch, type Subscribe } from '../../ports/message-log.js';
import { type Ports } from '../../ports/ports.js';
import { type DeadLetterRecorded, deadLetterStream } from './dead-letter-events.js';
import { deadLetterAggregate, deadLetterDecider } from './dead-letter.js';

/** Well below what one append takes, though every character of JSON may cost three bytes. */
const LARGEST = 200_000;

const isLarge = (text: string): boolean => JSON.stringify(text).length > LARGEST;

/** Null also for one that says it comes from elsewhere: it would be replayed to whatever topic its writer names. */
const parsed = ({ topic, value }: LoggedMessage): DeadLetterMessage | null => {
  const letter = deadLetterMessage.safeParse(jsonOf(value));
  return letter.success && deadLetterTopic(letter.data.origin.topic) === topic ? letter.data : null;
};

const unreadable = ({ topic, partition, offset, key, value, headers, loggedAt }: LoggedMessage): DeadLetterMessage => ({
  originalEvent: value,
  key,
  headers,
  origin: { topic, partition, offset },
  failureReason: 'What stands on the dead-letter topic is no dead letter',
  stackTrace: '',
  attempts: 0,
  retryCount: 0,
  firstAttemptAt: new Date(loggedAt).toISOString(),
  lastAttemptAt: new Date(loggedAt).toISOString(),
});

/** What is recorded of a message found on a dead-letter topic, whatever it is. */
const recordedLetter = (message: LoggedMessage, at: number): DeadLetterRecorded => {
  const readable = parsed(message);
  const letter = readable ?? unreadable(message);
  const isLeftOut = message.headers[LEFT_OUT] !== undefined || isLarge(letter.originalEvent);
  return {
    ...letter,
    ...recordable(letter),
    type: 'DeadLetterRecorded',
    deadLetterId: deadLetterId(letter.origin),
    originalEvent: isLeftOut ? null : letter.originalEvent,
    failureReason: letter.failureReason.slice(0, LONGEST_REASON),
    stackTrace: letter.stackTrace.slice(0, LONGEST_REASON),
    firstAttemptAt: Date.parse(letter.firstAttemptAt) || message.loggedAt,
    lastAttemptAt: Date.parse(letter.lastAttemptAt) || message.loggedAt,
    replayable: readable !== null,
    at,
  };
};

export type MonitorDeadLettersPorts = LoadAggregatePorts & Pick<Ports, 'alerts' | 'clock' | 'metrics'>;

const handleBatch = (ports: MonitorDeadLettersPorts, topic: string): ((batch: MessageBatch) => Promise<void>) => {
  const { alerts, clock, logger, metrics } = ports;
  const handle = loadDecideAppend(ports)(deadLetterDecider, deadLetterAggregate);

  const record = async (message: LoggedMessage): Promise<DeadLetterRecorded | null> => {
    const letter = recordedLetter(message, clock.now());
    const recorded = await handle({
      streamId: deadLetterStream(letter.deadLetterId),
      command: letter,
      commandId: letter.deadLetterId,
      metadata: { correlationId: letter.headers['correlation-id'] ?? letter.deadLetterId },
    })();
    if (E.isLeft(recorded)) throw new Error(`A dead letter could not be recorded: ${recorded.left.error}`);
    return recorded.right.events.length === 0 ? null : letter;
  };

  return async ({ messages }) => {
    const fresh: DeadLetterRecorded[] = [];
    for (const message of messages) {
      const letter = await record(message);
      if (letter === null) continue;
      fresh.push(letter);
      metrics.count('dead_letters_total', { topic: letter.origin.topic });
      const { deadLetterId, origin, failureReason, attempts } = letter;
      logger.error({ deadLetterId, ...origin, failureReason, attempts }, 'A message was set aside');
    }
    const first = fresh[0];
    if (first === undefined) return;
    const raised = await alerts.raise({
      key: topic,
      title: `${fresh.length} dead letter${fresh.length === 1 ? '' : 's'} on ${topic}`,
      text: `${first.failureReason}\n${first.origin.topic}/${first.origin.partition}@${first.origin.offset}, key ${first.key}, dead letter ${first.deadLetterId}`,
    })();
    if (E.isLeft(raised)) logger.warn({ topic }, 'Nobody could be alerted of dead letters');
  };
};

/**
 * Records every dead letter of this topic as an event, once, and tells a human. A message nobody can read is recorded
 * too. Commits nothing before it is recorded.
 */
export const monitorDeadLetters =
  (ports: MonitorDeadLettersPorts) =>
  (ofTopic: string): Subscribe => {
    const topic = deadLetterTopic(ofTopic);
    const handle = handleBatch(ports, topic);
    return { topic, group: monitorGroup(topic), batchSize: 100, handle, isInBackground: true };
  };
