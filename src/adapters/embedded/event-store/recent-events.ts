import { type Position, type RecordedEvent } from '../../../application/ports/event-store.js';

export interface RecentAppend {
  readonly streamId: string;
  readonly lastPosition: Position;
  readonly events: ReadonlyArray<RecordedEvent>;
  /** Encoded: what it weighs. */
  readonly bytes: number;
}

/** The latest appends, decoded, so that live subscribers need neither disk nor decoding. Bounded by weight. */
export class RecentEvents {
  private appends: Array<RecentAppend | undefined> = [];
  private dropped = 0;
  private bytes = 0;

  /** `since`: everything after it will be here, until it grows too heavy. */
  constructor(
    private since: Position,
    private readonly maxBytes: number,
  ) {}

  add(append: RecentAppend): void {
    this.appends.push(append);
    this.bytes += append.bytes;
    while (this.bytes > this.maxBytes) this.dropOldest();
  }

  /** Forgets all: everything after `since` will be here, and what comes before it is on disk. */
  goOnBehind(since: Position): void {
    this.appends = [];
    this.dropped = 0;
    this.bytes = 0;
    this.since = since;
  }

  /** The appends after `after`, oldest first; none-at-all (null) when some of them are no longer here. */
  after(after: Position): Iterable<RecentAppend> | null {
    if (after < this.since) return null;
    return this.from(this.firstAfter(after));
  }

  private *from(index: number): Iterable<RecentAppend> {
    for (let at = index; at < this.appends.length; at++) {
      const append = this.appends[at];
      if (append !== undefined) yield append;
    }
  }

  private firstAfter(after: Position): number {
    let low = this.dropped;
    let high = this.appends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.appends[middle]?.lastPosition ?? Infinity) <= after) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private dropOldest(): void {
    const oldest = this.appends[this.dropped];
    if (oldest === undefined) return;
    this.bytes -= oldest.bytes;
    this.since = oldest.lastPosition;
    this.appends[this.dropped] = undefined;
    this.dropped++;
    // Shifting at each would move all that follow each time.
    if (this.dropped > 1024 || this.dropped === this.appends.length) {
      this.appends = this.appends.slice(this.dropped);
      this.dropped = 0;
    }
  }
}
