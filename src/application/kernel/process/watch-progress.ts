import { either as E } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Ports } from '../../ports/ports.js';
import { impossiblePosition } from './refuse-impossible.js';
import { type Failing } from './while-leading.js';

/** Something of this process that follows the feed. */
export interface Watched {
  readonly name: string;
  /** Of the streams it follows; empty for what follows none. */
  readonly streamPrefixes: ReadonlyArray<string>;
  /** Null while it does not run here. */
  readonly position: () => Position | null;
  /** What it says itself of why it cannot go on. */
  readonly failing: () => Failing | null;
}

export interface StandingStill {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly reason: string;
}

export interface WatchProgressPorts extends Pick<Ports, 'alerts' | 'clock' | 'log' | 'metrics'> {
  readonly feed: Pick<EventFeed, 'head' | 'end' | 'read'>;
}

export interface ProgressWatch {
  readonly watch: (watched: Watched) => void;
  /** To be called every few seconds. Never rejects. */
  readonly look: () => Promise<void>;
  /** What did not advance though there was something to do, at the last look. */
  readonly standingStill: () => ReadonlyArray<StandingStill>;
}

/** Shorter than a person's patience, longer than an engine's restart or the hand-over of a lease. */
const STANDING_STILL_MS = 10_000;

/** One that follows, as it was at the last look. */
interface Seen {
  readonly position: Position;
  /** Up to here nothing is left for it to do. */
  readonly clear: Position;
  /** Since when it is known to have something to do. */
  readonly busySince: Moment | null;
}

/** By both clocks: the calendar's is told, the other measures how long it lasts. */
interface Moment {
  readonly at: number;
  readonly elapsed: number;
}

/** A failure as it was first looked at. */
interface Failed {
  readonly since: Failing['since'];
  readonly elapsed: number;
}

/**
 * Watches that whatever follows the feed advances while there is something to do. What does not is told: once in the
 * log and as an alert when it begins, in the metric `process_standing_still` as long as it lasts, and once when it is over.
 */
export const watchProgress = ({ feed, alerts, clock, log, metrics }: WatchProgressPorts): ProgressWatch => {
  const all: Watched[] = [];
  const seen = new Map<string, Seen>();
  const failed = new Map<string, Failed>();
  const still = new Map<string, StandingStill>();
  const moment = (): Moment => ({ at: clock.now(), elapsed: clock.elapsed() });
  const isLong = ({ elapsed }: Pick<Moment, 'elapsed'>): boolean => clock.elapsed() - elapsed >= STANDING_STILL_MS;

  /** One that was over meanwhile has begun anew. */
  const isFailingLong = (name: string, { since }: Failing): boolean => {
    const known = failed.get(name);
    const now = known?.since === since ? known : { since, elapsed: clock.elapsed() };
    failed.set(name, now);
    return isLong(now);
  };

  const seenNow = async (watched: Watched, position: Position, head: Position): Promise<Seen> => {
    const before = seen.get(watched.name);
    const moved = before?.position !== position;
    if (!moved && before.busySince !== null) return before;
    const clear = moved ? position : before.clear;
    if (clear >= head) return { position, clear, busySince: null };
    const next = await feed.read(clear, { streamPrefixes: watched.streamPrefixes })();
    if (E.isLeft(next)) return { position, clear, busySince: null };
    const isBusy = next.right.events.length > 0;
    return { position, clear: isBusy ? clear : next.right.position, busySince: isBusy ? moment() : null };
  };

  const findFault = async (watched: Watched, head: Position | null): Promise<StandingStill | null> => {
    const { name } = watched;
    const failing = watched.failing();
    if (failing === null) failed.delete(name);
    else if (isFailingLong(name, failing)) return { name, ...failing };
    const position = watched.position();
    if (position === null) seen.delete(name);
    if (position === null || head === null) return null;
    // A head read before the position may be behind it for a moment.
    const end = position > head && seen.get(name)?.position === position ? await feed.end()() : null;
    if (end !== null && E.isRight(end) && position > end.right)
      return { name, since: still.get(name)?.since ?? clock.now(), reason: impossiblePosition(position, end.right) };
    const found = await seenNow(watched, position, head);
    seen.set(name, found);
    if (found.busySince === null || !isLong(found.busySince)) return null;
    return { name, since: found.busySince.at, reason: failing?.reason ?? `It stays at position ${position}` };
  };

  const tell = async ({ name }: Watched, fault: StandingStill | null): Promise<void> => {
    const known = still.get(name);
    metrics.gauge('process_standing_still', fault === null ? 0 : 1, { process: name });
    if (fault === null) {
      if (still.delete(name)) log.info({ process: name }, 'the process makes progress again');
      return;
    }
    still.set(name, fault);
    if (known !== undefined) return;
    log.error({ process: name, reason: fault.reason }, 'the process makes no progress, although there is work to do');
    const text = `${name} makes no progress, although there is work to do: ${fault.reason}`;
    await alerts.raise({ title: `${name} stands still`, text, key: `standing-still-${name}` })();
  };

  return {
    watch: (watched) => void all.push(watched),
    look: async () => {
      const head = await feed.head()();
      for (const watched of all) await tell(watched, await findFault(watched, E.isRight(head) ? head.right : null));
    },
    standingStill: () => [...still.values()],
  };
};
