import { randomUUID } from 'node:crypto';
import { either as E } from 'fp-ts';
import {
  type Consumer,
  type LoggedMessage,
  type Message,
  type MessageBatch,
  type MessageLog,
  type Published,
  type Subscribe,
} from '../../src/application/ports/message-log.js';
import { answerOf } from './answer-of.js';

export const sampleMessage = (value: string, key = 'coupon-1'): Message => ({
  key,
  value,
  headers: { 'event-id': randomUUID() },
});

export const numbered = (count: number, key?: string): ReadonlyArray<Message> =>
  Array.from({ length: count }, (_, number) => sampleMessage(String(number), key));

/** A topic nobody else has. */
export const freshTopic = async (log: MessageLog, partitions = 1): Promise<string> => {
  const name = `topic-${randomUUID()}`;
  await answerOf(log.ensureTopics([{ name, partitions, retentionSeconds: 604_800 }]));
  return name;
};

export const freshGroup = (): string => `group-${randomUUID()}`;

/** All at once, as many callers would. */
export const publishAll = (
  log: MessageLog,
  topic: string,
  messages: ReadonlyArray<Message>,
): Promise<ReadonlyArray<Published>> => Promise.all(messages.map((message) => answerOf(log.publish(topic, message))));

export const everything = async (
  log: MessageLog,
  topic: string,
  partitions: number,
): Promise<ReadonlyArray<LoggedMessage>> => {
  const read = Array.from({ length: partitions }, (_, partition) =>
    answerOf(log.read({ topic, partition, offset: 0 }, 1_000_000)),
  );
  return (await Promise.all(read)).flat();
};

/** A consumer that keeps what it was given, and does `then` with each batch. */
export const record = async (
  log: MessageLog,
  subscription: Omit<Subscribe, 'handle'>,
  then: (batch: MessageBatch) => Promise<void> = () => Promise.resolve(),
): Promise<{
  readonly batches: ReadonlyArray<MessageBatch>;
  readonly messages: () => ReadonlyArray<LoggedMessage>;
  readonly values: () => ReadonlyArray<string>;
  readonly assigned: () => ReadonlyArray<number>;
  readonly consumer: Consumer;
}> => {
  const batches: MessageBatch[] = [];
  let assigned: ReadonlyArray<number> = [];
  const subscribed = await log.subscribe({
    ...subscription,
    handle: (batch) => {
      batches.push(batch);
      return then(batch);
    },
    onAssigned: (partitions) => {
      assigned = partitions;
    },
  })();
  if (E.isLeft(subscribed)) throw new Error(subscribed.left);
  const messages = () => batches.flatMap((batch) => batch.messages);
  return {
    batches,
    messages,
    values: () => messages().map(({ value }) => value),
    assigned: () => assigned,
    consumer: subscribed.right,
  };
};

/** Something that is waited for, and let go by hand. */
export const gate = (): { readonly opened: Promise<void>; readonly open: () => void } => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};
