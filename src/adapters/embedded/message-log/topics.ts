import { type RootDatabase } from 'lmdb';
import { type Topic } from '../../../application/ports/message-log.js';
import { commitDurably } from '../environment/index.js';
import { PartitionLog } from './partition-log.js';
import { type StoredTopic, type Tables } from './tables.js';

export interface OpenTopic {
  retentionSeconds: number;
  readonly partitions: ReadonlyArray<PartitionLog>;
}

export class Topics {
  private readonly open = new Map<string, OpenTopic>();

  constructor(
    private readonly root: RootDatabase<unknown>,
    private readonly tables: Tables,
    private readonly recentCharacters: number,
  ) {
    for (const { key, value } of tables.topics.getRange()) this.add(key, value);
  }

  find(name: string): OpenTopic | undefined {
    return this.open.get(name);
  }

  all(): ReadonlyArray<OpenTopic> {
    return [...this.open.values()];
  }

  /**
   * An existing topic keeps its number of partitions, whatever is asked for: otherwise its keys would move to other partitions. Always
   * writes, even if nothing has changed: when that write is on disk, everything from before the start is on disk too.
   */
  async ensure(topics: ReadonlyArray<Topic>): Promise<void> {
    const wanted = topics.map(({ name, partitions, retentionSeconds }) => ({
      name,
      stored: { partitions: this.open.get(name)?.partitions.length ?? partitions, retentionSeconds },
    }));
    await commitDurably(this.root, () => wanted.forEach(({ name, stored }) => this.tables.topics.putSync(name, stored)))
      .flushed;
    wanted.forEach(({ name, stored }) => this.add(name, stored));
  }

  private add(name: string, { partitions, retentionSeconds }: StoredTopic): void {
    const existing = this.open.get(name);
    if (existing !== undefined) {
      existing.retentionSeconds = retentionSeconds;
      return;
    }
    const partition = (_: unknown, index: number) => new PartitionLog(this.tables, name, index, this.recentCharacters);
    this.open.set(name, { retentionSeconds, partitions: Array.from({ length: partitions }, partition) });
  }
}
