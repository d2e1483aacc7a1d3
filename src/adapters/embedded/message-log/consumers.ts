import { type Consumer, type Subscribe } from '../../../application/ports/message-log.js';
import { type BackOff } from '../event-store/back-off.js';
import { ConsumerGroup } from './consumer-group.js';
import { GroupPartition, type Member } from './group-partition.js';
import { type OffsetCommits } from './offset-commits.js';
import { type OpenTopic } from './topics.js';

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
