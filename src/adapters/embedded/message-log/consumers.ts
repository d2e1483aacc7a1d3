import { type Consumer, type Subscribe } from '../../../application/ports/message-log.js';
import { type BackOff } from '../event-store/back-off.js';
import { GroupPartition, type Member } from './group-partition.js';
import { type OffsetCommits } from './offset-commits.js';
import { type OpenTopic } from './topics.js';

/** Everyone who consumes a topic for one group. Who comes or goes makes the partitions be shared out anew. */
class ConsumerGroup {
  private members: ReadonlyArray<Member> = [];

  constructor(private readonly partitions: ReadonlyArray<GroupPartition>) {}

  join(member: Member): void {
    this.members = [...this.members, member];
    this.rebalance();
  }

  /** Resolves when `member` is done with what it has in hand; the others have its partitions from then on. */
  async leave(member: Member): Promise<void> {
    this.members = this.members.filter((other) => other !== member);
    this.rebalance();
    await Promise.all(this.partitions.map((partition) => partition.doneBy(member)));
  }

  private rebalance(): void {
    const { members } = this;
    const ownerOf = (index: number) => members[index % Math.max(1, members.length)] ?? null;
    this.partitions.forEach((partition, index) => partition.assign(ownerOf(index)));
    for (const member of members)
      member.assigned(
        this.partitions.filter((_, index) => ownerOf(index) === member).map(({ partition }) => partition),
      );
    this.partitions.forEach((partition) => partition.wake());
  }
}

/** All consumer groups of this process. */
export class Consumers {
  private readonly groups = new Map<string, { readonly group: ConsumerGroup; readonly partitions: GroupPartition[] }>();
  private readonly running = new Set<Consumer>();

  constructor(
    private readonly offsets: OffsetCommits,
    private readonly backOff: BackOff,
  ) {}

  add({ topic, group, batchSize = 500, handle, onAssigned }: Subscribe, { partitions }: OpenTopic): Consumer {
    const { group: shared } = this.groupOf(JSON.stringify([topic, group]), group, partitions);
    const member: Member = { batchSize, handle, assigned: (mine) => onAssigned?.(mine) };
    const leave = async () => {
      await shared.leave(member);
      await this.offsets.settled();
      this.running.delete(consumer);
    };
    let stopping: Promise<void> | undefined;
    const consumer: Consumer = { stop: () => (stopping ??= leave()) };
    this.running.add(consumer);
    shared.join(member);
    return consumer;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((consumer) => consumer.stop()));
    for (const { partitions } of this.groups.values()) partitions.forEach((partition) => partition.close());
  }

  private groupOf(id: string, group: string, logs: OpenTopic['partitions']) {
    const existing = this.groups.get(id);
    if (existing !== undefined) return existing;
    const partitions = logs.map((log) => new GroupPartition(log, group, this.offsets, this.backOff));
    const created = { group: new ConsumerGroup(partitions), partitions };
    this.groups.set(id, created);
    return created;
  }
}
