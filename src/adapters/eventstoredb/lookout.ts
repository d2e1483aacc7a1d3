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

/** While the subscription goes on hearing nothing, the server is asked this many times less often: some 5 s. */
const SELDOM = 20;

/** After a look that failed: the server is away. */
const LATER_MS = 1_000;

/** How a subscription says that it heard something, or that it is over. */
export interface Watch {
  readonly heard: () => void;
  readonly leave: () => void;
}

/**
 * If nothing that a subscription asked for is recorded, the server does not tell it reliably how far it has looked. The lookout finds
 * that out, but only while the subscription has heard nothing since the last look. Events that the subscription asked for are left
 * to it, unless they do not arrive: a subscription may be dead without any sign.
 */
export class Lookout {
  private tail: Tail | null = null;

  constructor(
    private readonly read: (known: Tail | null) => Promise<Tail>,
    private readonly everyMs: number,
  ) {}

  watch(one: Watched): Watch {
    const looking = new AbortController();
    let [resting, isLong] = [new AbortController(), false];
    const rest = (ms: number): Promise<void> => {
      [resting, isLong] = [new AbortController(), ms > this.everyMs];
      return pause({ firstMs: ms, maxMs: ms }, 0, resting.signal);
    };
    void this.keepLooking(one, rest, looking.signal);
    return {
      // Only a long rest: whoever hears all the time is not woken by each event.
      heard: () => {
        if (isLong) resting.abort();
      },
      leave: () => {
        looking.abort();
        resting.abort();
      },
    };
  }

  private async keepLooking(one: Watched, rest: (ms: number) => Promise<void>, signal: AbortSignal): Promise<void> {
    let [before, wantedSince]: [Position | null, number | null] = [null, null];
    for (let ms = this.everyMs; !signal.aborted;) {
      await rest(ms);
      if (signal.aborted) return;
      ms = this.everyMs;
      const seen = one.seen();
      if (seen !== before) {
        [before, wantedSince] = [seen, null];
        continue;
      }
      const looked = await this.look(one, signal).catch(() => 'failed' as const);
      if (looked === 'failed') ms = Math.max(LATER_MS, this.everyMs);
      else if (looked === 'wanted') {
        wantedSince ??= performance.now();
        if (performance.now() - wantedSince > OVERDUE_MS) one.lost();
      } else [before, wantedSince, ms] = [one.seen(), null, SELDOM * this.everyMs];
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
