import { type FeedBatch, type FeedOptions } from '../../../application/ports/event-feed.js';
import { type Position, type RecordedEvent } from '../../../application/ports/event-store.js';
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

/** Reads the global order up to a position that is known to be on disk. */
export class FeedReader {
  /** A batch often ends within an append: the next one begins there again. */
  private decoded: { readonly lastPosition: Position; readonly events: ReadonlyArray<RecordedEvent> } | null = null;

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
    for (const { key, value } of this.tables.records.getRange({ start: after + 1, end: head, inclusiveEnd: true }))
      yield {
        streamId: decodeHeader(value).streamId,
        lastPosition: key,
        events: () => this.decode(value, key),
      };
  }

  private decode(record: Buffer, lastPosition: Position): ReadonlyArray<RecordedEvent> {
    if (this.decoded?.lastPosition !== lastPosition)
      this.decoded = { lastPosition, events: decodeEvents(record, lastPosition) };
    return this.decoded.events;
  }
}
