import { either as E } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type AppendError, type Appended, type Position } from '../../../application/ports/event-store.js';
import { commitDurably } from '../environment/index.js';
import { type Append, type Applied, applyAppend } from './apply-append.js';
import { type RecentAppend } from './recent-events.js';
import { lastPosition, type Tables } from './tables.js';

type Settle = (outcome: E.Either<AppendError, Appended>) => void;

interface Waiting {
  readonly append: Append;
  readonly settle: Settle;
}

export interface GroupCommitOptions {
  /** Bytes of appends not yet answered; more are refused. */
  readonly maxInFlightBytes: number;
  /** How long the disk may take before an append is answered as unknown. */
  readonly timeoutMs: number;
  /** The store's clock, epoch milliseconds. */
  readonly now: () => number;
  /** Asked in every transaction: whether the shop was moved elsewhere and nothing is to be written here. */
  readonly isMoved: () => boolean;
  /**
   * Appends that are on disk, in order of position, before their callers are answered. So is everything up to `before`, also what
   * was never named here because its own commit failed.
   */
  readonly onDurable: (appends: ReadonlyArray<RecentAppend>, before: Position) => void;
  /** A commit failed: for operators. */
  readonly onFailure: (error: unknown) => void;
}

/** Writes all appends that wait in one transaction, while those that come meanwhile make up the next. */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private inFlightBytes = 0;
  private running: Promise<void> | null = null;
  private overdue = false;
  private closed = false;
  /** Up to here everything is known to be on disk. */
  private durable: Position;

  constructor(
    private readonly root: RootDatabase<unknown>,
    private readonly tables: Tables,
    private last: Position,
    private readonly options: GroupCommitOptions,
  ) {
    this.durable = last;
  }

  submit(append: Append): Promise<E.Either<AppendError, Appended>> {
    const bytes = append.body.bytes.length;
    if (this.closed || this.overdue || this.inFlightBytes + bytes > this.options.maxInFlightBytes)
      return Promise.resolve(E.left('EventStoreUnavailable'));
    this.inFlightBytes += bytes;
    return new Promise((resolve) => {
      let settled = false;
      // Again, and without effect, when the disk answers after it was given up on.
      const settle: Settle = (outcome) => {
        if (!settled) this.inFlightBytes -= bytes;
        settled = true;
        resolve(outcome);
      };
      this.waiting.push({ append, settle });
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
    let applied: ReadonlyArray<E.Either<AppendError, Applied>> = [];
    let before: Position | null = null;
    const deadline = setTimeout(() => this.giveUpOn(group), this.options.timeoutMs);
    try {
      // Whoever came until the transaction begins is part of it.
      await commitDurably(this.root, () => {
        [group, this.waiting] = [this.waiting, []];
        const last = this.last;
        applied = this.applyAll(group);
        before = last;
      }).flushed;
      this.durable = this.last;
      this.options.onDurable(
        applied.flatMap((one) => (E.isRight(one) && one.right.written ? [one.right.written] : [])),
        before ?? this.last,
      );
      group.forEach(({ settle }, index) => {
        const outcome = applied[index];
        if (outcome !== undefined) settle(E.isRight(outcome) ? E.right(outcome.right.appended) : outcome);
      });
    } catch (error) {
      this.options.onFailure(error);
      const refused = group.length > 0 ? group : this.waiting.splice(0);
      const answer = before !== null && this.stands(before) ? 'AppendOutcomeUnknown' : 'EventStoreUnavailable';
      refused.forEach(({ settle }) => settle(E.left(answer)));
    } finally {
      clearTimeout(deadline);
      this.overdue = false;
    }
  }

  private applyAll(group: ReadonlyArray<Waiting>): ReadonlyArray<E.Either<AppendError, Applied>> {
    if (this.options.isMoved()) return group.map(() => E.left('EventStoreUnavailable'));
    // LMDB would silently refuse records behind those of the other process, and their streams would seem to have grown.
    if (lastPosition(this.tables) > this.last) throw new Error('Another process writes events here');
    this.writeAgain();
    const recordedAt = this.options.now();
    return group.map(({ append }) => {
      const outcome = applyAppend(this.tables, append, this.last, recordedAt);
      if (E.isRight(outcome) && outcome.right.written) this.last = outcome.right.appended.position;
      return outcome;
    });
  }

  /**
   * Whether a group stands whose commit failed: LMDB shows a transaction to readers before it flushes it, and does not take it back
   * when the flush fails. The next group goes on behind it.
   */
  private stands(before: Position): boolean {
    try {
      this.root.resetReadTxn();
      this.last = lastPosition(this.tables);
      return this.last > before;
    } catch {
      // It cannot be read: nobody knows.
      return true;
    }
  }

  /** What stands without being known to be on disk, so that it is flushed with this group: LMDB flushes nothing if nothing is written. */
  private writeAgain(): void {
    if (this.last === this.durable) return;
    const { records } = this.tables;
    for (const { key, value } of [...records.getRange({ start: this.durable + 1 })]) records.putSync(key, value);
  }

  /** The disk does not answer: what is being written is unknown, what still waits is known not to be written. */
  private giveUpOn(group: ReadonlyArray<Waiting>): void {
    this.overdue = true;
    group.forEach(({ settle }) => settle(E.left('AppendOutcomeUnknown')));
    this.waiting.splice(0).forEach(({ settle }) => settle(E.left('EventStoreUnavailable')));
  }
}
