import { type EventFeed } from '../ports/event-feed.js';
import { type MessageBatch, type MessageLog } from '../ports/message-log.js';
import { type Log } from '../ports/log.js';

const UNHANDLED = 'a batch was not handled; it comes again';

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Of what fails again and again each reason that differs from the one before. */
const eachReason = (tell: (err: unknown) => void): (<A>(work: () => Promise<A>) => Promise<A>) => {
  let told: string | null = null;
  return async (work) => {
    try {
      const done = await work();
      told = null;
      return done;
    } catch (err) {
      const reason = inWords(err);
      if (reason !== told) tell(err);
      told = reason;
      throw err;
    }
  };
};

/** A feed that tells operators why a batch of it is not handled, whatever store it is of. */
export const tellUnhandledEvents = (feed: EventFeed, log: Pick<Log, 'warn'>): EventFeed => ({
  ...feed,
  subscribe: (after, handle, options) => {
    const told = eachReason((err) => log.warn({ err, streams: options?.streamPrefixes }, UNHANDLED));
    return feed.subscribe(after, (batch) => told(() => handle(batch)), options);
  },
});

/** The same for the messages of a log, by partition. */
export const tellUnhandledMessages = (messages: MessageLog, log: Pick<Log, 'warn'>): MessageLog => ({
  ...messages,
  subscribe: (subscription) => {
    const { topic, group, handle } = subscription;
    const partitions = new Map<number, ReturnType<typeof eachReason>>();
    const ofPartition = (partition: number): ReturnType<typeof eachReason> => {
      const known =
        partitions.get(partition) ?? eachReason((err) => log.warn({ err, topic, group, partition }, UNHANDLED));
      partitions.set(partition, known);
      return known;
    };
    const told = (batch: MessageBatch): Promise<void> => ofPartition(batch.partition)(async () => handle(batch));
    return messages.subscribe({ ...subscription, handle: told });
  },
});
