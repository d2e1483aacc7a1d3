import { type Position, type RecordedEvent } from '../../../application/ports/event-store.js';
import { type FeedBatch, type FeedOptions } from '../../../application/ports/event-feed.js';
import { type RecentEvents } from './recent-events.js';
import { decodeEvents, decodeHeader } from './record.js';
import { type Tables } from './tables.js';

const DEFAULT_BATCH = 1_000;

/** Appends passed over before a batch is given up empty: a filter must not hold the event loop for long. */
const MAX_SCANNED = 5_000;

/** An append, its events decoded only if someone wants them. */
interface Candidate {
  readonly streamId: string;
  readonly lastPosition: Position;
  readonly events: () => ReadonlyArray<RecordedEvent>;
}

/** Appends that lie side by side on disk. */
interface Page {
  readonly from: Position;
  /** Everything in between that is still kept is here. */
  readonly to: Position;
  readonly candidates: ReadonlyArray<Candidate>;
}

const PAGE_APPENDS = 1_000;
const PAGE_BYTES = 2 ** 20;
const MOST_PAGES = 12;
/** A page is read by those who are at the same place at the same time, and is gone right after. */
const KEPT_MS = 1_000;

const oncePerRecord = (record: Buffer, lastPosition: Position): Candidate => {
  let decoded: ReadonlyArray<RecordedEvent> | null = null;
  const events = (): ReadonlyArray<RecordedEvent> => (decoded ??= decodeEvents(record, lastPosition));
  return { streamId: decodeHeader(record).streamId, lastPosition, events };
};

/**
 * Reads the global order up to a position that is known to be on disk. Views that are built anew all go through the same
 * events at about the same time: each page is read, and each append decoded, once for all of them.
 */
export class FeedReader {
  private pages: ReadonlyArray<Page> = [];
  private forgetting = false;

  constructor(
    private readonly tables: Tables,
    /** Null if another process writes: only that process knows what it wrote most recently. */
    private readonly recent: RecentEvents | null,
  ) {}

  read(after: Position, head: Position, { streamPrefixes, batchSize = DEFAULT_BATCH }: FeedOptions = {}): FeedBatch {
    const events: RecordedEvent[] = [];
    let scanned = 0;
    for (const append of this.candidates(after, head)) {
      const wanted = streamPrefixes?.some((prefix) => append.streamId.startsWith(prefix)) ?? true;
      if (wanted)
        for (const event of append.events()) {
          if (event.position <= after) continue;
          events.push(event);
          if (events.length === batchSize)
            return { events, position: event.position, caughtUp: event.position >= head };
        }
      if (++scanned === MAX_SCANNED)
        return { events, position: append.lastPosition, caughtUp: append.lastPosition >= head };
    }
    return { events, position: Math.max(after, head), caughtUp: true };
  }

  private *candidates(after: Position, head: Position): Iterable<Candidate> {
    const recent = this.recent?.after(after) ?? null;
    if (recent === null) return yield* this.stored(after, head);
    for (const { streamId, lastPosition, events } of recent) yield { streamId, lastPosition, events: () => events };
  }

  private *stored(after: Position, head: Position): Iterable<Candidate> {
    for (let position = after; position < head;) {
      const page = this.pageAfter(position, head);
      for (const candidate of page.candidates) if (candidate.lastPosition > position) yield candidate;
      position = page.to;
    }
  }

  private pageAfter(position: Position, head: Position): Page {
    const known = this.pages.find(({ from, to }) => from <= position && position < to);
    const page = known ?? this.load(position, head);
    // The one used last goes last.
    this.pages = [...this.pages.filter((one) => one !== page), page].slice(-MOST_PAGES);
    if (!this.forgetting)
      setTimeout(() => {
        this.pages = [];
        this.forgetting = false;
      }, KEPT_MS).unref();
    this.forgetting = true;
    return page;
  }

  private load(from: Position, head: Position): Page {
    const candidates: Candidate[] = [];
    let bytes = 0;
    for (const { key, value } of this.tables.records.getRange({ start: from + 1, end: head, inclusiveEnd: true })) {
      candidates.push(oncePerRecord(value, key));
      bytes += value.length;
      if (candidates.length === PAGE_APPENDS || bytes >= PAGE_BYTES) return { from, to: key, candidates };
    }
    return { from, to: head, candidates };
  }
}
