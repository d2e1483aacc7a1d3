import { either as E } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type Message, type Published, type PublishError } from '../../../application/ports/message-log.js';
import { commitDurably, departureOf, isClosed, openDepartures } from '../environment/index.js';
import { encodeChunk, MAX_CHUNK } from './chunk.js';
import { type Settings } from './options.js';
import { type PartitionLog } from './partition-log.js';
import { type Tables } from './tables.js';

interface Waiting {
  readonly to: PartitionLog;
  readonly message: Message;
  readonly settle: (outcome: E.Either<PublishError, Published>) => void;
}

interface Lane {
  readonly waiting: Waiting[];
  firstOffset: number;
}

/** Group commit: all that wait become one transaction, while those that come meanwhile make up the next. */
export class Publisher {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private overdue = false;
  private closed = false;
  private readonly departures;
  /** Offsets up to which messages stand whose flush failed. */
  private readonly unsure = new Map<PartitionLog, number>();

  constructor(
    private readonly root: RootDatabase<unknown>,
    private readonly tables: Tables,
    private readonly settings: Settings,
  ) {
    this.departures = openDepartures(root);
  }

  publish(to: PartitionLog, message: Message): Promise<E.Either<PublishError, Published>> {
    if (this.closed) return Promise.resolve(E.left('PublishFailed'));
    if (this.overdue) return Promise.resolve(E.left('LogOverloaded'));
    return new Promise((settle) => {
      this.waiting.push({ to, message, settle });
      this.running ??= this.run();
    });
  }

  /** Refuses what comes, waits for what is being written. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) await this.commitWaiting();
    this.running = null;
  }

  private async commitWaiting(): Promise<void> {
    let group: Waiting[] = [];
    let lanes: ReadonlyMap<PartitionLog, Lane> = new Map();
    let loggedAt = 0;
    const deadline = setTimeout(() => this.giveUpOn(group), this.settings.publishTimeoutMs);
    try {
      // Whoever came until the transaction begins is part of it.
      await commitDurably(this.root, () => {
        [group, this.waiting] = [this.waiting, []];
        loggedAt = this.settings.now();
        lanes = isClosed(departureOf(this.departures), loggedAt) ? new Map() : this.write(group, loggedAt);
      }).flushed;
      if (lanes.size === 0) return group.forEach(({ settle }) => settle(E.left('PublishFailed')));
      // This flush was theirs as well.
      this.unsure.forEach((head, to) => to.catchUp(head));
      this.unsure.clear();
      for (const [to, { waiting, firstOffset }] of lanes) {
        waiting.forEach(({ settle }, at) => settle(E.right({ partition: to.partition, offset: firstOffset + at })));
        to.grow(
          waiting.map(({ message }) => message),
          loggedAt,
        );
      }
    } catch (error) {
      this.settings.onFailure(error);
      const refused = group.length > 0 ? group : this.waiting.splice(0);
      const answer = this.stands(lanes) ? 'PublishOutcomeUnknown' : 'PublishFailed';
      refused.forEach(({ settle }) => settle(E.left(answer)));
    } finally {
      clearTimeout(deadline);
      this.overdue = false;
    }
  }

  /** Offsets go on from what is stored, not from memory: a commit that failed leaves no gap. */
  private write(group: ReadonlyArray<Waiting>, loggedAt: number): ReadonlyMap<PartitionLog, Lane> {
    const lanes = new Map<PartitionLog, Lane>();
    for (const one of group) {
      const lane = lanes.get(one.to);
      if (lane === undefined) lanes.set(one.to, { waiting: [one], firstOffset: 0 });
      else lane.waiting.push(one);
    }
    for (const [{ topic, partition }, lane] of lanes) {
      const first = this.tables.heads.get([topic, partition]) ?? 0;
      lane.firstOffset = first;
      for (let at = 0; at < lane.waiting.length; at += MAX_CHUNK) {
        const messages = lane.waiting.slice(at, at + MAX_CHUNK).map(({ message }) => message);
        this.tables.chunks.putSync([topic, partition, first + at], encodeChunk(loggedAt, messages));
      }
      this.tables.heads.putSync([topic, partition], first + lane.waiting.length);
    }
    return lanes;
  }

  /**
   * Whether a group stands whose commit failed: LMDB shows a transaction to readers before it flushes it, and does not take it back
   * when the flush fails.
   */
  private stands(lanes: ReadonlyMap<PartitionLog, Lane>): boolean {
    if (lanes.size === 0) return false;
    try {
      this.root.resetReadTxn();
      const standing = [...lanes].filter(([to, { firstOffset }]) => {
        const head = this.tables.heads.get([to.topic, to.partition]) ?? 0;
        if (head > firstOffset) this.unsure.set(to, head);
        return head > firstOffset;
      });
      return standing.length > 0;
    } catch {
      // It cannot be read: nobody knows.
      return true;
    }
  }

  /** The disk does not answer: what is being written is unknown, what still waits is known not to be written. */
  private giveUpOn(group: ReadonlyArray<Waiting>): void {
    this.overdue = true;
    group.forEach(({ settle }) => settle(E.left('PublishOutcomeUnknown')));
    this.waiting.splice(0).forEach(({ settle }) => settle(E.left('PublishFailed')));
  }
}
