import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { type Position } from '../../ports/event-store.js';
import { type Build } from '../../ports/read-models.js';
import { type Parking } from '../process/parking/parking.js';
import { made } from './batch-folder.js';
import { Interrupted, orInterrupt } from './interrupted.js';
import { type Projection } from './projection.js';
import { type Ports } from '../../ports/ports.js';

export interface Progress {
  readonly events: number;
  readonly position: Position;
  /** Where it is going; it grows while events go on. */
  readonly head: Position;
}

export interface CatchUpPorts extends Pick<Ports, 'feed' | 'readModels'> {
  /** Of this build; absent where what cannot be read is to fail. */
  readonly parking?: Parking;
}

export interface CatchUp {
  /** Where it was left; interrupted if others have written to it since. Default: its checkpoint, wherever that is. */
  readonly from?: Position;
  /** Stop exactly here: no event after it is folded. Default: the head as it is at the beginning. */
  readonly until?: Position;
  /** Readers see the build already: each batch is written in one step. */
  readonly isLive?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** The documents of every event folded. */
  readonly onTouched?: (ids: ReadonlyArray<string>) => void;
  readonly signal?: AbortSignal;
}

/** Events in a batch: large enough that the cost of reading is shared, small enough that nobody waits long for his turn. */
const BATCH = 2_000;

/** Documents gathered before they are written: the more, the better they can be put in order first. A fifth of a gigabyte. */
const GATHERED = 250_000;

/** As many are written in one step in a few milliseconds. */
const FEW = 1_000;

/**
 * Folds a build from its checkpoint on, reading and folding while what was gathered before is written. Answers the build's
 * checkpoint and how many events were folded. Throws `Interrupted`; a build that is not live is worth nothing then.
 */
export const catchUp =
  ({ feed, readModels, parking }: CatchUpPorts) =>
  async (
    projection: Projection,
    build: Build,
    { from, until, isLive = false, onProgress, onTouched, signal }: CatchUp = {},
  ): Promise<{ readonly events: number; readonly checkpoint: Position }> => {
    const head = until ?? (await orInterrupt(feed.head()));
    const folder = projection.folderFor(build, readModels, parking);
    let written = from ?? (await orInterrupt(readModels.checkpoint(build)));
    let writing: Promise<void> = Promise.resolve();
    let events = 0;

    const write = async (position: Position): Promise<void> => {
      await writing;
      const moved = { from: written, to: position };
      // The last few before a build takes over race with the build it replaces: one step is sooner done than several.
      const atOnce = isLive || folder.gathered() <= FEW;
      writing = orInterrupt(
        atOnce ? readModels.write(build, made(folder.take()), moved) : readModels.fill(build, folder.take(), moved),
      );
      // Awaited before the next write; until then a failure must not count as unhandled.
      writing.catch(() => undefined);
      written = position;
    };

    try {
      let position = written;
      while (position < head) {
        if (signal?.aborted === true) throw new Interrupted('Aborted');
        const batch = await orInterrupt(
          feed.read(position, { streamPrefixes: projection.streamPrefixes, batchSize: BATCH }),
        );
        const reached = until === undefined ? batch.position : Math.min(batch.position, until);
        const wanted = reached === batch.position ? batch.events : batch.events.filter((e) => e.position <= reached);
        if (reached === position) break;
        await folder.gather(wanted);
        onTouched?.(wanted.flatMap(projection.documentIds));
        events += wanted.length;
        position = reached;
        if (isLive || folder.gathered() >= GATHERED) await write(position);
        onProgress?.({ events, position, head: Math.max(head, position) });
        if (position < head) await yieldToEventLoop();
      }
      if (position !== written) await write(position);
    } finally {
      // Whoever drops the build because this failed must not be followed by the rest of a write.
      await writing.catch(() => undefined);
    }
    await writing;
    if (signal?.aborted === true && !isLive) throw new Interrupted('Aborted');
    return { events, checkpoint: written };
  };
