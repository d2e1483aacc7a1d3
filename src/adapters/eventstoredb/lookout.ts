import { type Position } from '../../application/ports/event-store.js';
import { pause } from './pause.js';
import { passedBy, type Tail } from './tail.js';

/** A subscription as the lookout sees it. */
export interface Watched {
  readonly streamPrefixes: ReadonlyArray<string>;
  /** Everything it asked for up to here has come in. */
  readonly seen: () => Position;
  /** Nothing it asked for stands between there and `seen`, and that is the end; `ours` is the last that is not the server's own. */
  readonly passed: (ours: Position, seen: Position) => void;
  /** What it asked for does not come, or so much else came that nobody here knows: it has to read for itself. */
  readonly lost: () => void;
}

/** What a subscription asked for has come in long before. */
const OVERDUE_MS = 2_000;

/** What a subscription had seen at the last look, and since when something it asked for stands behind that. */
interface Looked {
  readonly seen: Position | null;
  readonly wantedSince: number | null;
}

/** While no subscription of this process hears anything, the server is asked this many times less often: some 2 s. */
const SELDOM = 20;

/** After a look that failed: the server is away. */
const LATER_MS = 1_000;

/**
 * A server does not tell a subscription, or not truly, how far it has looked where nothing it asked for came. This looks
 * for all subscriptions of a process at once, and only while one of them heard nothing since the look before. What a
 * subscription asked for is left to itself.
 */
export class Lookout {
  private readonly watched = new Map<Watched, Looked>();
  private looking = new AbortController();
  private tail: Tail | null = null;
  private skipping = 0;

  constructor(
    private readonly read: (known: Tail | null) => Promise<Tail>,
    private readonly everyMs: number,
  ) {}

  /** Until what it answers is called. */
  watch(one: Watched): () => void {
    this.watched.set(one, { seen: null, wantedSince: null });
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
      ms = await this.look().then(
        () => this.everyMs,
        () => Math.max(LATER_MS, this.everyMs),
      );
    }
  }

  private async look(): Promise<void> {
    const quiet = this.quiet();
    const isIdle = quiet.length === this.watched.size;
    if (quiet.length === 0 || (isIdle && this.skipping > 0)) {
      this.skipping = isIdle ? this.skipping - 1 : 0;
      return;
    }
    this.skipping = isIdle ? SELDOM - 1 : 0;
    const tail = await this.read(this.tail);
    this.tail = tail;
    for (const one of quiet) {
      if (!this.watched.has(one)) continue;
      const passed = passedBy(tail, one.seen(), one.streamPrefixes);
      if (passed === 'unknown') one.lost();
      else if (passed === 'wanted') this.wait(one);
      else if (passed !== null) {
        one.passed(passed.ours, passed.seen);
        this.watched.set(one, { seen: one.seen(), wantedSince: null });
      }
    }
  }

  /** A subscription may be dead without a word of it. */
  private wait(one: Watched): void {
    const now = performance.now();
    const since = this.watched.get(one)?.wantedSince ?? now;
    this.watched.set(one, { seen: one.seen(), wantedSince: since });
    if (now - since > OVERDUE_MS) one.lost();
  }

  /** Who heard nothing since the look before. */
  private quiet(): ReadonlyArray<Watched> {
    const quiet: Watched[] = [];
    for (const [one, before] of this.watched) {
      const seen = one.seen();
      if (seen === before.seen) quiet.push(one);
      else this.watched.set(one, { seen, wantedSince: null });
    }
    return quiet;
  }
}
