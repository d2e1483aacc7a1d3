import { type LoggedMessage, type Message } from '../../../application/ports/message-log.js';
import { readChunks } from './read-chunks.js';
import { type Tables } from './tables.js';

/** What a message weighs in memory, roughly. */
const charactersOf = ({ key, value, headers }: Message): number => {
  let characters = key.length + value.length;
  for (const name in headers) characters += name.length + (headers[name]?.length ?? 0);
  return characters;
};

/** The latest messages of a partition, so that whoever keeps up needs neither disk nor decoding. Bounded by weight. */
class RecentMessages {
  private messages: LoggedMessage[] = [];
  private characters = 0;

  /** `first`: everything from this offset on will be here, until it grows too heavy. */
  constructor(
    private first: number,
    private readonly maxCharacters: number,
  ) {}

  /** The next in order of offset. */
  add(message: LoggedMessage): void {
    this.messages.push(message);
    this.characters += charactersOf(message);
    if (this.characters > this.maxCharacters) this.dropOldest();
  }

  /** Null when some of them are no longer here. */
  from(offset: number, limit: number): ReadonlyArray<LoggedMessage> | null {
    if (offset < this.first) return null;
    return this.messages.slice(offset - this.first, offset - this.first + limit);
  }

  /** Down to half, so that moving the rest is paid once in a while and not at every message. */
  private dropOldest(): void {
    let dropped = 0;
    while (this.characters > this.maxCharacters / 2 && dropped < this.messages.length) {
      const oldest = this.messages[dropped++];
      if (oldest !== undefined) this.characters -= charactersOf(oldest);
    }
    this.messages = this.messages.slice(dropped);
    this.first += dropped;
  }
}

/** One partition as its readers see it: only what is on disk. */
export class PartitionLog {
  private recent: RecentMessages;
  private durable: number;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly tables: Tables,
    readonly topic: string,
    readonly partition: number,
    private readonly recentCharacters: number,
  ) {
    this.durable = tables.heads.get([topic, partition]) ?? 0;
    this.recent = new RecentMessages(this.durable, recentCharacters);
  }

  /** The offset after the last message on disk. */
  get head(): number {
    return this.durable;
  }

  /** In order of offset, from `offset` or the first that was not dropped. Throws when LMDB does. */
  read(offset: number, limit: number): ReadonlyArray<LoggedMessage> {
    if (offset >= this.durable || limit <= 0) return [];
    const { topic, partition } = this;
    return (
      this.recent.from(offset, limit) ??
      readChunks(this.tables, { topic, partition, from: offset, to: this.durable }, limit)
    );
  }

  /** These are on disk now, the next in order. */
  grow(messages: ReadonlyArray<Message>, loggedAt: number): void {
    const { topic, partition } = this;
    for (const { key, value, headers } of messages)
      this.recent.add({ topic, partition, offset: this.durable++, loggedAt, key, value, headers });
    this.listeners.forEach((listener) => listener());
  }

  /** Everything before `head` is on disk now, also what was never named here because its own commit failed. */
  catchUp(head: number): void {
    if (head <= this.durable) return;
    this.durable = head;
    this.recent = new RecentMessages(head, this.recentCharacters);
    this.listeners.forEach((listener) => listener());
  }

  /** Called whenever there is more to read; returns how to stop. */
  onGrown(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
