import { BEGINNING, type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type Received } from './batch-buffer.js';
import { type Connection } from './connection.js';
import { type Lookout } from './lookout.js';
import { openLive, type Over, type Prefixes } from './open-live.js';
import { type Reader } from './read-on.js';
import { RecentEvents } from './recent-events.js';
import { isOurs } from './record.js';

interface Open {
  readonly prefixes: Prefixes;
  readonly recent: RecentEvents;
  readonly heard: () => void;
  readonly close: () => void;
}

interface Following {
  readonly over: (over: Over) => void;
  isUpToDate: boolean;
}

const prefixesOf = (readers: ReadonlySet<Reader>): Prefixes => {
  const named = [...readers].map(({ streamPrefixes }) => streamPrefixes);
  return named.includes(undefined) ? null : [...new Set(named.flatMap((prefixes) => prefixes ?? []))];
};

/**
 * One subscription for all readers of a process: the server filters and sends each event once, and it is decoded once, however
 * many views want it. Nobody holds it back: a reader whose buffer is full is left behind, and follows again from the events
 * still at hand, or from pages. When the subscription ends, for whatever reason, all readers are left behind.
 */
export class LiveFeed {
  private readonly readers = new Set<Reader>();
  private readonly following = new Map<Reader, Following>();
  private open: Open | null = null;
  /** The server has said that more is recorded than it has sent. */
  private isBehind = false;
  /** All events up to here have come in, or are wanted by nobody. */
  private seen: Position = BEGINNING;
  /** The last of them that is not the server's own. */
  private ours: Position = BEGINNING;
  private telling: NodeJS.Timeout | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly lookout: Lookout,
  ) {}

  /** The subscription brings what this reader wants, from now on until the returned function is called. */
  join(reader: Reader): () => void {
    this.readers.add(reader);
    if (this.open !== null && !this.brings(this.open.prefixes, reader)) this.reopen();
    return () => {
      this.readers.delete(reader);
      this.leave(reader, 'left behind');
      if (this.readers.size === 0) this.end('left behind');
    };
  }

  /** Whether one who has seen this much can follow without reading pages first. */
  covers(seen: Position): boolean {
    return this.open?.recent.covers(seen) ?? false;
  }

  /** The event there, where it came in lately. */
  recently(position: Position): RecordedEvent | undefined {
    return this.open?.recent.at(position);
  }

  /** Fills the buffer of a reader that is covered, or has just read to the end, until it is left behind. Rejects if there is no client. */
  follow(reader: Reader, signal: AbortSignal): Promise<Over> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve('left behind');
      // What the previous subscription saw does not hold for this one: it may be connected to a node that is behind.
      if (this.open === null) [this.seen, this.ours] = [reader.seen, BEGINNING];
      const { recent } = (this.open ??= this.subscribe());
      if (!recent.covers(reader.seen)) return resolve('left behind');
      for (const received of recent.behind(reader.seen)) {
        this.hand(reader, received);
        if (reader.buffer.isFull()) return resolve('left behind');
      }
      // What nobody wanted may have been passed while this one read for itself.
      this.tellPassed(reader);
      const abort = (): void => this.leave(reader, 'left behind');
      signal.addEventListener('abort', abort);
      const over = (way: Over): void => {
        signal.removeEventListener('abort', abort);
        resolve(way);
      };
      this.following.set(reader, { over, isUpToDate: false });
      this.tellWhoIsUpToDate(recent);
    });
  }

  private brings(prefixes: Prefixes, { streamPrefixes }: Reader): boolean {
    return prefixes === null || (streamPrefixes?.every((prefix) => prefixes.includes(prefix)) ?? false);
  }

  /** Who follows goes on following: the new subscription begins where the old one ended, half an append included. */
  private reopen(): void {
    const before = this.open;
    before?.close();
    this.open = null;
    try {
      this.open = this.subscribe(before?.recent.toFollow());
    } catch {
      // There is no client: each reader tries again.
      this.end('failed');
    }
  }

  private subscribe(toFollow = 0): Open {
    const prefixes = prefixesOf(this.readers);
    const recent = new RecentEvents(this.seen, toFollow);
    this.isBehind = false;
    const closeStream = openLive(this.connection, this.seen, prefixes, {
      received: (received) => this.receive(recent, received),
      fellBehind: () => this.fallBehind(),
      caughtUp: () => this.catchUp(recent),
      over: (way) => this.end(way),
    });
    const { heard, leave } = this.lookout.watch({
      wants: (streamId) => prefixes?.some((prefix) => streamId.startsWith(prefix)) ?? isOurs({ streamId }),
      seen: () => this.seen,
      passed: (ours, seen) => this.pass(ours, seen),
      lost: () => this.end('left behind'),
    });
    const close = (): void => {
      leave();
      closeStream();
    };
    return { prefixes, recent, heard, close };
  }

  private end(over: Over): void {
    this.open?.close();
    this.open = null;
    for (const reader of [...this.following.keys()]) this.leave(reader, over);
  }

  private leave(reader: Reader, over: Over): void {
    const following = this.following.get(reader);
    this.following.delete(reader);
    following?.over(over);
  }

  private receive(recent: RecentEvents, received: Received): void {
    const { position } = received.event;
    // After a new subscription the server may begin with what is known already.
    if (position <= this.seen) return;
    this.seen = position;
    this.open?.heard();
    if (isOurs(received.event)) this.ours = position;
    recent.add(received);
    for (const reader of this.following.keys()) {
      this.hand(reader, received);
      if (reader.buffer.isFull()) this.leave(reader, 'left behind');
    }
    this.tellWhoIsUpToDate(recent);
    this.telling ??= setTimeout(() => this.tellHowFar(), this.connection.options.lookEveryMs).unref();
  }

  private hand(reader: Reader, { event, following }: Received): void {
    // It may have read further by pages than has come in here.
    if (event.position <= reader.seen) return;
    reader.seen = event.position;
    if (reader.wants(event)) reader.buffer.add(event, following);
  }

  /** Half an append is not up to date. */
  private tellWhoIsUpToDate(recent: RecentEvents): void {
    if (this.isBehind || recent.toFollow() > 0) return;
    for (const [reader, following] of this.following) {
      if (following.isUpToDate) continue;
      following.isUpToDate = true;
      reader.buffer.caughtUp();
    }
  }

  /** To readers that wanted nothing of what came. */
  private tellHowFar(): void {
    this.telling = null;
    for (const reader of this.following.keys()) this.tellPassed(reader);
  }

  private pass(ours: Position, seen: Position): void {
    this.seen = Math.max(this.seen, seen);
    this.ours = Math.max(this.ours, ours);
    for (const reader of this.following.keys()) {
      this.tellPassed(reader);
      reader.buffer.caughtUp();
    }
  }

  /** A reader that has been handed all that came in. */
  private tellPassed(reader: Reader): void {
    reader.seen = Math.max(reader.seen, this.seen);
    reader.buffer.passed(this.ours);
  }

  private fallBehind(): void {
    this.isBehind = true;
    for (const [{ buffer }, following] of this.following) {
      following.isUpToDate = false;
      buffer.fellBehind();
    }
  }

  private catchUp(recent: RecentEvents): void {
    this.isBehind = false;
    this.tellWhoIsUpToDate(recent);
  }
}
