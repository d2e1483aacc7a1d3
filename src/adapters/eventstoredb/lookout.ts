import { type Position } from '../../application/ports/event-store.js';
import { pause } from './pause.js';
import { passedBy, type Tail } from './tail.js';

/** A subscription as the lookout sees it. */
export interface Watched {
  readonly wants: (streamId: string) => boolean;
  /** Everything it asked for up to here has come in. */
  readonly seen: () => Position;
  /** Nothing it asked for stands between there and `seen`, and that is the end; `ours` is the last that is not the server's own. */
  readonly passed: (ours: Position, seen: Position) => void;
  /** What it asked for does not come, or so much else came that nobody here knows: its readers have to read for themselves. */
  readonly lost: () => void;
}

/** What a subscription asked for has come in long before. */
const OVERDUE_MS = 2_000;

/** While the subscription hears nothing, the server is asked this many times less often: some 5 s. */
const SELDOM = 20;

/** After a look that failed: the server is away. */
const LATER_MS = 1_000;

/**
 * A server does not tell a subscription, or not truly, how far it has looked where nothing it asked for came. This looks,
 * and only while the subscription heard nothing since the look before. What it asked for is left to itself, unless it does
 * not come: a subscription may be dead without a word of it.
 */
export class Lookout {
  private tail: Tail | null = null;

  constructor(
    private readonly read: (known: Tail | null) => Promise<Tail>,
    private readonly everyMs: number,
  ) {}

  /** Until what it answers is called. */
  watch(one: Watched): () => void {
    const looking = new AbortController();
    void this.keepLooking(one, looking.signal);
    return () => looking.abort();
  }

  private async keepLooking(one: Watched, signal: AbortSignal): Promise<void> {
    let [before, skipping, wantedSince]: [Position | null, number, number | null] = [null, 0, null];
    for (let ms = this.everyMs; ;) {
      await pause({ firstMs: ms, maxMs: ms }, 0, signal);
      if (signal.aborted) return;
      ms = this.everyMs;
      const seen = one.seen();
      if (seen !== before) [before, skipping, wantedSince] = [seen, 0, null];
      else if (skipping > 0) skipping -= 1;
      else {
        const looked = await this.look(one, signal).catch(() => 'failed' as const);
        if (looked === 'failed') ms = Math.max(LATER_MS, this.everyMs);
        else if (looked === 'wanted') {
          wantedSince ??= performance.now();
          if (performance.now() - wantedSince > OVERDUE_MS) one.lost();
        } else [before, skipping, wantedSince] = [one.seen(), SELDOM - 1, null];
      }
    }
  }

  private async look(one: Watched, signal: AbortSignal): Promise<'wanted' | 'nothing'> {
    this.tail = await this.read(this.tail);
    if (signal.aborted) return 'nothing';
    const passed = passedBy(this.tail, one.seen(), one.wants);
    if (passed === 'wanted') return passed;
    if (passed === 'unknown') one.lost();
    else if (passed !== null) one.passed(passed.ours, passed.seen);
    return 'nothing';
  }
}
