import { either as E, taskEither as TE } from 'fp-ts';
import { BEGINNING, type Position } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { type Build, type ReadModels, type ReadModelsError } from '../../ports/read-models.js';
import { orThrow } from '../or-throw.js';

/** Where a process that follows events stands. It is kept where views keep theirs, and is fenced as theirs are. */
export interface KeptCheckpoint {
  /** What is stored; where that was lost, what this process saw last. Rejects while the read models are away. */
  readonly read: () => Promise<Position>;
  /** Fenced by the position read or moved to last: 'CheckpointMoved' when another process was faster. */
  readonly moveTo: (position: Position) => Promise<E.Either<ReadModelsError | 'CheckpointMoved', void>>;
  /** Looks at what is stored, so that it is remembered here when the store is wiped. Never rejects. */
  readonly look: () => Promise<void>;
}

/** The stored position. The builds are read first: until then a wiped store answers that the lost build is unavailable. */
export const storedPosition = (
  readModels: Pick<ReadModels, 'builds' | 'checkpoint'>,
  build: Build,
): TE.TaskEither<ReadModelsError, Position> =>
  TE.chain(() => readModels.checkpoint(build))(readModels.builds(build.view));

/**
 * A checkpoint that outlives the loss of its store, for as long as one of the processes that look at it runs. Only when
 * all of them have ended as well does the work begin anew, which changes nothing: it is done at least once.
 */
export const keptCheckpoint = (readModels: ReadModels, build: Build): KeptCheckpoint => {
  /** The furthest position ever seen stored: what survives a wipe. */
  let seen: Position = BEGINNING;
  /** What this process read or wrote itself: the fence. */
  let held: Position = BEGINNING;

  const stored = storedPosition(readModels, build);
  const moveTo: KeptCheckpoint['moveTo'] = async (to) => {
    const moved = await readModels.write(build, [], { from: held, to })();
    if (E.isRight(moved)) seen = held = to;
    return moved;
  };

  return {
    moveTo,
    read: async () => {
      held = orThrow(await stored());
      // Where two restore it at once one of the writes fails, and both begin where the other one's led to.
      if (held === BEGINNING && seen !== BEGINNING && E.isLeft(await moveTo(seen))) held = orThrow(await stored());
      seen = Math.max(seen, held);
      return held;
    },
    look: async () => {
      const found = await stored();
      if (E.isRight(found)) seen = Math.max(seen, found.right);
    },
  };
};

/** For what every process does for itself, from now on: nothing is kept. */
export const fromNow = (feed: Pick<EventFeed, 'head'>): KeptCheckpoint => ({
  read: async () => orThrow(await feed.head()()),
  moveTo: async () => E.right(undefined),
  look: async () => undefined,
});
