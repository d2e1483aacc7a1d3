import { type EventFeed } from '../ports/event-feed.js';
import { type Position } from '../ports/event-store.js';
import { type Build, type ReadModels } from '../ports/read-models.js';
import { Interrupted, orInterrupt } from './interrupted.js';
import { type Projection } from './projection.js';

export interface Progress {
  readonly events: number;
  readonly position: Position;
  /** Where it is going; it grows while events go on. */
  readonly head: Position;
}

export interface CatchUpPorts {
  readonly feed: EventFeed;
  readonly readModels: ReadModels;
}

export interface CatchUp {
  /** Stop exactly here: no event after it is folded. Default: the head as it is at the beginning. */
  readonly until?: Position;
  readonly onProgress?: (progress: Progress) => void;
  /** The documents of every event folded. */
  readonly onTouched?: (ids: ReadonlyArray<string>) => void;
  readonly signal?: AbortSignal;
}

/** Events in a batch: large enough that the cost of a write is shared, small enough that three batches fit anywhere. */
const BATCH = 4_000;

/**
 * Folds a build from its checkpoint on, reading and folding a batch while the one before is written.
 * Answers the build's checkpoint and how many events were folded; throws `Interrupted`.
 */
export const catchUp =
  ({ feed, readModels }: CatchUpPorts) =>
  async (
    projection: Projection,
    build: Build,
    { until, onProgress, onTouched, signal }: CatchUp = {},
  ): Promise<{ readonly events: number; readonly checkpoint: Position }> => {
    const head = until ?? (await orInterrupt(feed.head()));
    const folder = projection.folderFor(build, readModels);
    let checkpoint = await orInterrupt(readModels.checkpoint(build));
    let writing: Promise<void> = Promise.resolve();
    let events = 0;
    while (checkpoint < head) {
      if (signal?.aborted === true) throw new Interrupted('Aborted');
      const batch = await orInterrupt(
        feed.read(checkpoint, { streamPrefixes: projection.streamPrefixes, batchSize: BATCH }),
      );
      const position = until === undefined ? batch.position : Math.min(batch.position, until);
      const folded = position === batch.position ? batch.events : batch.events.filter((e) => e.position <= position);
      if (position === checkpoint) break;
      const writes = await folder.fold(folded);
      await writing;
      writing = orInterrupt(readModels.write(build, writes, { from: checkpoint, to: position }));
      // Awaited before the next write; until then a failure must not count as unhandled.
      writing.catch(() => undefined);
      events += folded.length;
      checkpoint = position;
      onTouched?.(writes.map(({ id }) => id));
      onProgress?.({ events, position, head: Math.max(head, position) });
    }
    await writing;
    return { events, checkpoint };
  };
