import { either as E } from 'fp-ts';
import { type EventBody } from '../../ports/event-store.js';
import { type Aggregate, type Loaded } from './aggregate.js';
import { unhurried } from '../yield-to-event-loop.js';
import { type Ports } from '../../ports/ports.js';

export type KeepSnapshotsPorts = Pick<Ports, 'snapshots' | 'logger'>;

export interface SnapshotKeeper {
  /**
   * Saves the state in the background when enough events stand after the last snapshot, and answers what is now the
   * snapshot's revision. The state is immutable: deciding goes on while it is written, piece by piece.
   */
  readonly offer: <State, Event extends EventBody>(
    aggregate: Aggregate<State, Event>,
    streamId: string,
    loaded: Loaded<State>,
  ) => Loaded<State>;
  /** Resolves when no snapshot is being written. */
  readonly settled: () => Promise<void>;
}

const SHORTEST_TAIL = 1_000;
/** A quarter of what the snapshot holds: the larger it is the more rarely it is written, so that its cost per event stays flat. */
const TAIL_SHARE = 0.25;

/** One at a time for a stream. One that fails is tried again when the tail has grown by as much again. */
export const keepSnapshots = ({ snapshots, logger }: KeepSnapshotsPorts): SnapshotKeeper => {
  const running = new Map<string, Promise<void>>();

  return {
    offer: (aggregate, streamId, loaded) => {
      const codec = aggregate.snapshots;
      const tail = loaded.revision - loaded.snapshotRevision;
      if (codec === null || tail < SHORTEST_TAIL || running.has(streamId)) return loaded;
      if (tail < codec.size(loaded.state) * TAIL_SHARE) return loaded;
      const { state, revision } = loaded;
      const saving = snapshots
        .save({ streamId, version: codec.version, revision, chunks: unhurried(codec.encode(state)) })()
        .then((saved) => {
          if (E.isLeft(saved))
            logger.warn({ streamId, revision }, 'A snapshot could not be saved; loading will take longer');
        })
        .finally(() => running.delete(streamId));
      running.set(streamId, saving);
      return { ...loaded, snapshotRevision: revision };
    },
    settled: async () => {
      await Promise.all(running.values());
    },
  };
};
