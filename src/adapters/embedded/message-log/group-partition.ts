import { setImmediate as nextTurn } from 'node:timers/promises';
import { type MessageBatch } from '../../../application/ports/message-log.js';
import { type BackOff, delayAfter, pause } from '../event-store/back-off.js';
import { type OffsetCommits } from './offset-commits.js';
import { type PartitionLog } from './partition-log.js';

/** A consumer as its group sees it. */
export interface Member {
  readonly batchSize: number;
  readonly handle: (batch: MessageBatch) => Promise<void>;
  readonly assigned: (partitions: ReadonlyArray<number>) => void;
}

/**
 * One partition as a group works through it. There is one loop, whoever the owner is, and it asks for the owner before
 * each batch: so two owners never have it at once, and a new one begins when the old one's batch is done.
 */
export class GroupPartition {
  private owner: Member | null = null;
  private working = false;
  private current: { readonly member: Member; readonly done: Promise<void> } | null = null;
  private failures = 0;
  private waiting = new AbortController();
  private position: number;
  readonly close: () => void;

  constructor(
    private readonly log: PartitionLog,
    private readonly group: string,
    private readonly offsets: OffsetCommits,
    private readonly backOff: BackOff,
  ) {
    const committed = offsets.committed([log.topic, log.partition, group]);
    this.position = committed ?? 0;
    // From now on retention knows that somebody has not read this yet.
    if (committed === undefined) offsets.commit([log.topic, log.partition, group], 0);
    this.close = log.onGrown(() => this.wake());
  }

  get partition(): number {
    return this.log.partition;
  }

  assign(owner: Member | null): void {
    if (owner === this.owner) return;
    this.owner = owner;
    this.failures = 0;
    this.waiting.abort();
    this.waiting = new AbortController();
  }

  /** There may be something to do. */
  wake(): void {
    if (this.working || this.owner === null) return;
    this.working = true;
    void this.work();
  }

  /** Resolves when `member` has no batch of this partition in hand. */
  async doneBy(member: Member): Promise<void> {
    if (this.current?.member === member) await this.current.done;
  }

  private async work(): Promise<void> {
    for (let member = this.owner; member !== null; member = this.owner) {
      const { signal } = this.waiting;
      try {
        const messages = this.log.read(this.position, member.batchSize);
        // No await between finding no messages and `working = false`: a wake-up in between would be lost.
        if (messages.length === 0) break;
        const { topic, partition } = this.log;
        await this.hand(member, { topic, partition, messages });
        // Everyone else gets a turn between two batches, and more messages come together.
        await nextTurn();
      } catch {
        await pause(delayAfter(this.backOff, ++this.failures), signal);
      }
    }
    this.working = false;
  }

  private async hand(member: Member, batch: MessageBatch): Promise<void> {
    const handled = Promise.resolve(batch)
      .then(member.handle)
      .then(() => {
        this.failures = 0;
        this.position = (batch.messages.at(-1)?.offset ?? this.position) + 1;
        this.offsets.commit([this.log.topic, this.log.partition, this.group], this.position);
      });
    const done = handled.catch(() => undefined);
    this.current = { member, done };
    await handled.finally(() => (this.current = null));
  }
}
