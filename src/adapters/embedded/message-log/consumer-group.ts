import { type GroupPartition, type Member } from './group-partition.js';

/** Everyone who consumes a topic for one group. Who comes or goes makes the partitions be shared out anew. */
export class ConsumerGroup {
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
