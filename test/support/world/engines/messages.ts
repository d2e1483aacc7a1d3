import { either as E } from 'fp-ts';
import {
  type LoggedMessage,
  type Message,
  type MessageLog,
  type Published,
  type PublishError,
  type Subscribe,
  type Topic,
} from '../../../../src/application/ports/message-log.js';
import { type Member, THE_BEGINNING } from '../member.js';
import { asking, doing, goesWrong, type Weather } from '../weather.js';

const hash = (key: string): number => [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);

/** Somebody who reads a partition for a group, at their own pace: of several the one assigned last owns it. */
interface Reader {
  readonly member: Member;
  readonly subscription: Subscribe;
  isStopped: boolean;
  owned: ReadonlySet<number>;
  idle: Array<() => void>;
}

const wake = (reader: Reader): void => {
  const { idle } = reader;
  reader.idle = [];
  for (const resolve of idle) resolve();
};

export interface Messages {
  readonly logOf: (member: Member) => MessageLog;
  /** Everything published on a topic, partition by partition. */
  readonly all: (topic: string) => ReadonlyArray<ReadonlyArray<LoggedMessage>>;
  /** Deals the partitions of every group out anew: who had one may be in the middle of a batch of it. */
  readonly rebalance: () => void;
  /** Whether every group has read everything there is. */
  readonly isRead: () => boolean;
}

const FIRST_BACK_OFF_MS = 50;
const MOST_AT_ONCE = 6;

export const simulatedMessages = (weather: Weather, known: ReadonlyArray<Topic>): Messages => {
  const { chance, time } = weather;
  const topics = new Map(
    known.map(({ name, partitions }) => [name, Array.from({ length: partitions }, (): LoggedMessage[] => [])]),
  );
  const groups = new Map<string, Reader[]>();
  const committed = new Map<string, number>();

  const partitionsOf = (topic: string): LoggedMessage[][] => {
    const found = topics.get(topic);
    if (found === undefined) throw new Error(`No topic ${topic}`);
    return found;
  };
  const groupOf = ({ topic, group }: Pick<Subscribe, 'topic' | 'group'>): string => `${topic} ${group}`;
  const committedOf = (group: string, partition: number): number => committed.get(`${group} ${partition}`) ?? 0;

  const publish = (topic: string, message: Message): E.Either<PublishError, Published> => {
    const partitions = partitionsOf(topic);
    const partition = hash(message.key) % partitions.length;
    const messages = partitions[partition] ?? [];
    const offset = messages.length;
    messages.push({ ...message, topic, partition, offset, loggedAt: THE_BEGINNING + time.elapsed() });
    for (const [group, readers] of groups) if (group.startsWith(`${topic} `)) readers.forEach(wake);
    return E.right({ partition, offset });
  };

  const deal = (group: string): void => {
    const readers = (groups.get(group) ?? []).filter(({ isStopped, member }) => !isStopped && member.isAlive());
    groups.set(group, readers);
    const [first] = readers;
    if (first === undefined) return;
    const dealt = readers.map(() => new Set<number>());
    const from = chance.below(readers.length);
    partitionsOf(first.subscription.topic).forEach((_, partition) =>
      dealt[(from + partition) % readers.length]?.add(partition),
    );
    readers.forEach((reader, index) => {
      reader.owned = dealt[index] ?? new Set();
      reader.subscription.onAssigned?.([...reader.owned]);
      wake(reader);
    });
  };

  /** One partition as one reader reads it, as long as it is theirs. */
  const consume = async (reader: Reader, partition: number): Promise<void> => {
    const { member, subscription } = reader;
    const { topic, batchSize = 500, handle } = subscription;
    const group = groupOf(subscription);
    const isOver = (): boolean => reader.isStopped || !member.isAlive();
    const isOurs = (): boolean => !isOver() && reader.owned.has(partition);
    let backOff = FIRST_BACK_OFF_MS;
    while (!isOver()) {
      const from = committedOf(group, partition);
      const there = partitionsOf(topic)[partition] ?? [];
      if (!isOurs() || from >= there.length) {
        await new Promise<void>((resolve) => void reader.idle.push(resolve));
        continue;
      }
      await time.turn();
      if (!isOurs()) continue;
      const most = Math.min(batchSize, 1 + chance.below(chance.happens(0.5) ? 500 : MOST_AT_ONCE));
      const messages = there.slice(from, from + most);
      try {
        await handle({ topic, partition, messages });
        backOff = FIRST_BACK_OFF_MS;
      } catch {
        await time.sleep(backOff);
        backOff = Math.min(backOff * 2, 2_000);
        continue;
      }
      // A commit may be lost, and then all of it comes again.
      const key = `${group} ${partition}`;
      if (isOurs() && !goesWrong(weather))
        committed.set(key, Math.max(committed.get(key) ?? 0, from + messages.length));
      else await time.turn();
    }
  };

  const failures = { away: 'PublishFailed', unknown: 'PublishOutcomeUnknown', mayBeDoubled: true } as const;
  const away = 'LogUnavailable' as const;
  return {
    all: partitionsOf,
    rebalance: () => [...groups.keys()].forEach(deal),
    isRead: () =>
      [...groups].every(([group, readers]) => {
        const topic = readers[0]?.subscription.topic;
        return (
          topic === undefined ||
          partitionsOf(topic).every((messages, partition) => committedOf(group, partition) >= messages.length)
        );
      }),
    logOf: (member) => ({
      ensureTopics: () => async () => E.right(undefined),
      publish: (topic, message) =>
        doing<PublishError, Published>(weather, member, failures, () => publish(topic, message)),
      subscribe: (subscription) => async () => {
        const group = groupOf(subscription);
        const reader: Reader = { member, subscription, isStopped: false, owned: new Set(), idle: [] };
        groups.set(group, [...(groups.get(group) ?? []), reader]);
        member.onDeath(() => time.wakeIn(1_000, () => deal(group)));
        const done = Promise.all(partitionsOf(subscription.topic).map((_, partition) => consume(reader, partition)));
        deal(group);
        return E.right({
          stop: async () => {
            reader.isStopped = true;
            wake(reader);
            deal(group);
            await done;
          },
        });
      },
      read: ({ topic, partition, offset }, limit) =>
        asking(weather, member, away, () =>
          E.right((partitionsOf(topic)[partition] ?? []).slice(offset, offset + limit)),
        ),
      lag: (topic, group) =>
        asking(weather, member, away, () =>
          E.right(
            partitionsOf(topic).map((messages, partition) => {
              const read = committedOf(groupOf({ topic, group }), partition);
              return {
                partition,
                head: messages.length,
                committed: read,
                oldestUnprocessedAt: messages[read]?.loggedAt ?? null,
              };
            }),
          ),
        ),
    }),
  };
};
