import { either as E, type taskEither as TE } from 'fp-ts';
import {
  type Consumer,
  type LoggedMessage,
  type Message,
  type MessageLog,
  type Published,
  type PublishError,
  type Subscribe,
  type Topic,
} from '../../../src/application/ports/message-log.js';

const hash = (key: string): number => [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);

/** The message log as arrays: partitions by key, one batch at a time each, redelivery after a rejection. */
export class InMemoryMessageLog implements MessageLog {
  readonly #partitions = new Map<string, LoggedMessage[][]>();
  readonly #committed = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  /** The next publish answers this instead; `PublishOutcomeUnknown` still writes. */
  failNextPublish: PublishError | null = null;

  constructor(private readonly now: () => number = Date.now) {}

  readonly ensureTopics =
    (topics: ReadonlyArray<Topic>): TE.TaskEither<'LogUnavailable', void> =>
    async () => {
      for (const { name, partitions } of topics) this.#topic(name, partitions);
      return E.right(undefined);
    };

  readonly publish =
    (topic: string, message: Message): TE.TaskEither<PublishError, Published> =>
    async () => {
      const failure = this.failNextPublish;
      this.failNextPublish = null;
      if (failure !== null && failure !== 'PublishOutcomeUnknown') return E.left(failure);
      const partitions = this.#topic(topic);
      const partition = hash(message.key) % partitions.length;
      const messages = partitions[partition] ?? [];
      const offset = messages.length;
      messages.push({ ...message, topic, partition, offset, loggedAt: this.now() });
      for (const listener of this.#listeners) listener();
      return failure === null ? E.right({ partition, offset }) : E.left(failure);
    };

  readonly subscribe =
    ({ topic, group, batchSize = 500, handle, onAssigned }: Subscribe): TE.TaskEither<'LogUnavailable', Consumer> =>
    async () => {
      let stopped = false;
      const partitions = this.#topic(topic);
      onAssigned?.(partitions.map((_, partition) => partition));
      const consume = async (partition: number): Promise<void> => {
        while (!stopped) {
          const key = `${group}/${topic}/${partition}`;
          const offset = this.#committed.get(key) ?? 0;
          const messages = partitions[partition]?.slice(offset, offset + batchSize) ?? [];
          if (messages.length === 0) await this.#something();
          else
            await handle({ topic, partition, messages }).then(
              () => this.#committed.set(key, offset + messages.length),
              () => this.#something(),
            );
        }
      };
      const running = Promise.all(partitions.map((_, partition) => consume(partition)));
      return E.right({
        stop: async () => {
          stopped = true;
          for (const listener of this.#listeners) listener();
          await running;
        },
      });
    };

  readonly read: MessageLog['read'] =
    ({ topic, partition, offset }, limit) =>
    async () =>
      E.right(this.#topic(topic)[partition]?.slice(offset, offset + limit) ?? []);

  readonly lag: MessageLog['lag'] = (topic, group) => async () =>
    E.right(
      this.#topic(topic).map((messages, partition) => {
        const committed = this.#committed.get(`${group}/${topic}/${partition}`) ?? 0;
        return {
          partition,
          head: messages.length,
          committed,
          oldestUnprocessedAt: messages[committed]?.loggedAt ?? null,
        };
      }),
    );

  /** As if a group had read everything there is. */
  commitAll(topic: string, group: string): void {
    this.#topic(topic).forEach((messages, partition) =>
      this.#committed.set(`${group}/${topic}/${partition}`, messages.length),
    );
  }

  /** Everything published on a topic, partition by partition. */
  messages(topic: string): ReadonlyArray<LoggedMessage> {
    return this.#topic(topic).flat();
  }

  #topic(name: string, partitions = 1): LoggedMessage[][] {
    const existing = this.#partitions.get(name) ?? Array.from({ length: partitions }, (): LoggedMessage[] => []);
    this.#partitions.set(name, existing);
    return existing;
  }

  #something(): Promise<void> {
    return new Promise((resolve) => {
      const listener = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve();
      };
      const timer = setTimeout(listener, 10);
      this.#listeners.add(listener);
    });
  }
}
