import { BEGINNING, type Position } from '../../application/ports/event-store.js';
import { isOurs } from './record.js';
import { type AllPage } from './shared-pages.js';

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

/** More than the server looks at without telling. */
const KEPT = 1_000;

const sighted = ({ streamId, position }: Sighted): Sighted => ({ streamId, position });

/** Of the last events, in order: all there are if fewer than asked for. Before the first one there may be more else. */
export const tailOf = (last: ReadonlyArray<Sighted>, asked: number): Tail => ({
  after: last.length < asked ? BEGINNING : (last[0]?.position ?? BEGINNING),
  position: last.at(-1)?.position ?? BEGINNING,
  events: last.map(sighted),
});

/** With the page that follows it; null when that does not reach the end, for then it is no tail any more. */
export const extended = (tail: Tail, page: AllPage): Tail | null => {
  if (!page.caughtUp) return null;
  const all = [...tail.events, ...page.events.map(sighted)];
  return {
    after: all.at(-KEPT - 1)?.position ?? tail.after,
    position: page.position,
    events: all.slice(-KEPT),
  };
};

/**
 * How far whoever has seen everything up to `received` has come with nothing: to the last event that is not the server's
 * own. Null where the tail does not begin early enough, where nothing follows, or where something asked for does.
 */
export const passedBy = (tail: Tail, received: Position, streamPrefixes: ReadonlyArray<string>): Position | null => {
  if (received < tail.after) return null;
  const unseen = tail.events.filter(({ position }) => position > received);
  if (unseen.some(({ streamId }) => streamPrefixes.some((prefix) => streamId.startsWith(prefix)))) return null;
  return unseen.findLast(isOurs)?.position ?? null;
};
