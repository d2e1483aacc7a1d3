import { BEGINNING, type Position } from '../../application/ports/event-store.js';
import { isOurs } from './record.js';

/** What of an event says whether it was asked for. */
export interface Sighted {
  readonly streamId: string;
  readonly position: Position;
}

/** Every event behind `after` and up to `position`, none left out: the last ones recorded when it was read. */
export interface Tail {
  readonly after: Position;
  readonly position: Position;
  /** The server's own are among them. */
  readonly events: ReadonlyArray<Sighted>;
}

/** More than is recorded between two looks. */
const KEPT = 10_000;

const sighted = ({ streamId, position }: Sighted): Sighted => ({ streamId, position });

/** Of the last events, in order: all there are if fewer than asked for. Before the first one there may be more else. */
export const tailOf = (last: ReadonlyArray<Sighted>, asked: number): Tail => ({
  after: last.length < asked ? BEGINNING : (last[0]?.position ?? BEGINNING),
  position: last.at(-1)?.position ?? BEGINNING,
  events: last.map(sighted),
});

/** With the events that follow it, up to the end. */
export const extended = (tail: Tail, following: ReadonlyArray<Sighted>): Tail => {
  const all = [...tail.events, ...following.map(sighted)];
  return {
    after: all.at(-KEPT - 1)?.position ?? tail.after,
    position: all.at(-1)?.position ?? tail.position,
    events: all.slice(-KEPT),
  };
};

/**
 * How far a reader that has seen everything up to `seen` can move on without an event: to the end, and to the last event that is not
 * the server's own. 'wanted': an event that it asked for follows. 'unknown': the tail begins too late to tell. Null: nothing
 * follows.
 */
export const passedBy = (
  tail: Tail,
  seen: Position,
  wants: (streamId: string) => boolean,
): { readonly ours: Position; readonly seen: Position } | 'wanted' | 'unknown' | null => {
  if (seen < tail.after) return 'unknown';
  const unseen = tail.events.filter(({ position }) => position > seen);
  if (unseen.length === 0) return null;
  if (unseen.some(({ streamId }) => wants(streamId))) return 'wanted';
  return { ours: unseen.findLast(isOurs)?.position ?? BEGINNING, seen: tail.position };
};
