import { orAway } from '../../kernel/audit/away.js';
import { leafOfEvent } from '../../kernel/history/history-chain.js';
import { yieldToEventLoop } from '../../kernel/yield-to-event-loop.js';
import { type RecordedEvent, type Position } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Standing } from './compare-sealed.js';
import { SEAL_STREAM } from './seal.js';

const BATCH = 500;
const standing = (event: RecordedEvent): Standing => {
  const { id, streamId, revision, position } = event;
  return { id, streamId, revision, position, leaf: leafOfEvent(event) };
};
/** The events of a history in their order, without the seals, read as far as they are asked for. */
interface StandingEvents {
  /** Those that were not used yet, `most` of them if there are as many. For `unlessAway`. */
  readonly next: (most: number) => Promise<ReadonlyArray<Standing>>;
  /** Drops the first `count` of them: they are compared. */
  readonly use: (count: number) => void;
  /** How many were not used: of those that were read, or of all there are. For `unlessAway`. */
  readonly count: (of: { readonly toTheEnd: boolean }) => Promise<number>;
}
export const standingEvents = (
  feed: Pick<EventFeed, 'read'>,
  {
    after,
    head,
    onProgress,
  }: {
    readonly after: Position;
    readonly head: Position;
    readonly onProgress: (position: Position, of: Position) => void;
  },
): StandingEvents => {
  let position = after;
  let waiting: ReadonlyArray<Standing> = [];
  const read = async (): Promise<boolean> => {
    if (position >= head) return false;
    const batch = await orAway(feed.read(position, { batchSize: BATCH }));
    const events = batch.events.filter((each) => each.streamId !== SEAL_STREAM && each.position <= head);
    waiting = [...waiting, ...events.map(standing)];
    position = batch.caughtUp ? head : batch.position;
    onProgress(Math.min(position, head), head);
    await yieldToEventLoop();
    return true;
  };
  return {
    next: async (most) => {
      while (waiting.length < most && (await read()));
      return waiting;
    },
    use: (count) => void (waiting = waiting.slice(count)),
    count: async ({ toTheEnd }) => {
      let count = waiting.length;
      if (toTheEnd) for (waiting = []; await read(); waiting = []) count += waiting.length;
      return count;
    },
  };
};
