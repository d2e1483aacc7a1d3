import { type LoggedMessage, type Message } from '../../../application/ports/message-log.js';
import { readChunks } from './read-chunks.js';
import { RecentMessages } from './recent-messages.js';
import { type Tables } from './tables.js';

/** One partition as its readers see it: only what is on disk. */
export class PartitionLog {
  private readonly recent: RecentMessages;
  private durable: number;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly tables: Tables,
    readonly topic: string,
    readonly partition: number,
    recentCharacters: number,
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

  /** Called whenever there is more to read; returns how to stop. */
  onGrown(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
