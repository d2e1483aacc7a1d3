import { type Position } from '../../application/ports/event-store.js';
import { pause } from './pause.js';
import { passedBy, type Tail } from './tail.js';

/** A subscription as the lookout sees it. */
export interface Watched {
  readonly streamPrefixes: ReadonlyArray<string>;
  /** Everything it asked for up to here has come in. */
  readonly received: () => Position;
  /** Nothing it asked for stands between there and here, and here is the end. */
  readonly passed: (position: Position) => void;
}

/** After a look that found nothing out: the server is away, or so busy that it tells by itself. */
const LATER_MS = 1_000;

/**
 * A server tells a subscription only every few hundred events how far it has looked: when the last events are none of its
 * streams and nothing follows, it never hears that it has come to the end. This looks for all subscriptions of a process at
 * once, and only while one of them heard nothing since the look before. What a subscription asked for is left to itself.
 */
export class Lookout {
  /** With what each had received at the last look. */
  private readonly watched = new Map<Watched, Position | null>();
  private looking = new AbortController();
  private tail: Tail | null = null;

  constructor(
    private readonly read: (known: Tail | null) => Promise<Tail | null>,
    private readonly everyMs: number,
  ) {}

  /** Until what it answers is called. */
  watch(one: Watched): () => void {
    this.watched.set(one, null);
    if (this.watched.size === 1) {
      this.looking = new AbortController();
      void this.keepLooking(this.looking.signal);
    }
    return () => {
      this.watched.delete(one);
      if (this.watched.size === 0) this.looking.abort();
    };
  }

  private async keepLooking(signal: AbortSignal): Promise<void> {
    for (let ms = this.everyMs; ;) {
      await pause({ firstMs: ms, maxMs: ms }, 0, signal);
      if (signal.aborted) return;
      ms = (await this.look().catch(() => false)) ? this.everyMs : Math.max(LATER_MS, this.everyMs);
    }
  }

  /** False when it should be left alone for a while. */
  private async look(): Promise<boolean> {
    const quiet = this.quiet();
    if (quiet.length === 0) return true;
    const tail = await this.read(this.tail);
    this.tail = tail;
    if (tail === null) return false;
    for (const one of quiet) {
      const position = passedBy(tail, one.received(), one.streamPrefixes);
      if (position === null || !this.watched.has(one)) continue;
      one.passed(position);
      this.watched.set(one, one.received());
    }
    return true;
  }

  /** Who heard nothing since the look before. */
  private quiet(): ReadonlyArray<Watched> {
    const quiet: Watched[] = [];
    for (const [one, before] of this.watched) {
      const received = one.received();
      if (received === before) quiet.push(one);
      this.watched.set(one, received);
    }
    return quiet;
  }
}
