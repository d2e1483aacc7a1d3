import { type Position } from '../ports/event-store.js';
import { type Notice } from './notice.js';

/** Somebody who is told. Neither function may throw. */
export interface Listener {
  /**
   * Called once, first of all. `from`: everything up to here is known to the client, or was before its time. 'Resync': what
   * was missed cannot be told; the client has to query its state again.
   */
  readonly begin: (from: Position, missed: ReadonlyArray<Notice> | 'Resync') => void;
  readonly hear: (notice: Notice) => void;
}

export interface Listeners {
  /** Answers the same in its place: it hears nothing twice, nothing out of order, nothing before it has begun. */
  readonly join: (userId: string, listener: Listener) => Listener;
  /** False: it had left before. */
  readonly leave: (userId: string, joined: Listener) => boolean;
  readonly all: () => Iterable<Listener>;
  readonly of: (userId: string) => Iterable<Listener>;
  readonly count: () => number;
}

const join = ({ begin, hear }: Listener): Listener => {
  /** What comes while it is read what was missed; a matter of milliseconds, two seconds at most. */
  let early: Notice[] | null = [];
  let known: Position = -Infinity;
  const pass = (notice: Notice): void => {
    if (notice.position <= known) return;
    known = notice.position;
    hear(notice);
  };
  return {
    begin: (from, missed) => {
      begin(from, missed);
      known = missed === 'Resync' ? from : Math.max(from, missed.at(-1)?.position ?? from);
      const waiting = early ?? [];
      early = null;
      waiting.forEach(pass);
    },
    hear: (notice) => {
      if (early === null) pass(notice);
      else early.push(notice);
    },
  };
};

/** Who listens, by user: one user may listen on several devices. */
export const listeners = (): Listeners => {
  const all = new Set<Listener>();
  const byUser = new Map<string, Set<Listener>>();
  return {
    join: (userId, listener) => {
      const joined = join(listener);
      all.add(joined);
      byUser.set(userId, (byUser.get(userId) ?? new Set()).add(joined));
      return joined;
    },
    leave: (userId, joined) => {
      const ofUser = byUser.get(userId);
      ofUser?.delete(joined);
      if (ofUser?.size === 0) byUser.delete(userId);
      return all.delete(joined);
    },
    all: () => all,
    of: (userId) => byUser.get(userId) ?? [],
    count: () => all.size,
  };
};
