import { either as E, type taskEither as TE } from 'fp-ts';
import { whileUsed } from '../recently-used.js';
import { type EventBody, NO_STREAM } from '../../ports/event-store.js';
import { type Loaded } from './aggregate.js';
import { loadAggregate, type LoadAggregatePorts } from './load-aggregate.js';
import { type Writing } from './writing.js';

/** All the writer of a key needs to know. */
export interface Remembered<State, Rejections> {
  readonly partition: number;
  readonly aggregate: Loaded<State>;
  readonly rejections: Loaded<Rejections>;
}

export interface AggregateCache<State, Rejections> {
  /** From memory, else from its events. */
  readonly get: (
    key: string,
    partition: number,
  ) => TE.TaskEither<'EventStoreUnavailable', Remembered<State, Rejections>>;
  /**
   * An aggregate that does not exist yet is not kept: others than this writer create it, and a writer that remembers "does not
   * exist" would go on rejecting.
   */
  readonly keep: (key: string, remembered: Remembered<State, Rejections>) => void;
  readonly forget: (key: string) => void;
  /** What is remembered of a partition is no longer known to be current. */
  readonly forgetPartition: (partition: number) => void;
}

/** An aggregate that has not changed for this long is dropped, and loaded again when needed: a sale that is over leaves the memory. */
const IDLE_MS = 24 * 3_600_000;

/** The aggregates one writer decides, in memory; those not asked for longest go when more than `most` entries are held. */
export const aggregateCache = <Command, State, Event extends EventBody, Rejections, Rejection extends EventBody>(
  ports: LoadAggregatePorts,
  {
    aggregate,
    rejections,
    streamOf,
    rejectionsStreamOf,
    sizeOf,
  }: Writing<Command, State, Event, Rejections, Rejection>,
  most: number,
  idleMs = IDLE_MS,
): AggregateCache<State, Rejections> => {
  const cache = whileUsed<string, Remembered<State, Rejections>>({
    most,
    idleMs,
    // One that is larger than everything may hold is kept all the same, alone: reloading it for every batch would be worse.
    sizeOf: (one) => 1 + sizeOf(one.aggregate.state, one.rejections.state),
  });
  const load = loadAggregate(ports);

  return {
    get: (key, partition) => async () => {
      const known = cache.get(key);
      if (known !== undefined) return E.right(known);
      // The aggregate first: rejections are appended before the events of the same messages, so whatever another writer
      // rejected before this state is among the rejections read after it.
      const loaded = await load(aggregate, streamOf(key))();
      if (E.isLeft(loaded)) return loaded;
      const refused = await load(rejections, rejectionsStreamOf(key))();
      if (E.isLeft(refused)) return refused;
      return E.right({ partition, aggregate: loaded.right, rejections: refused.right });
    },
    keep: (key, one) => {
      if (one.aggregate.revision !== NO_STREAM) cache.set(key, one);
    },
    forget: (key) => void cache.delete(key),
    forgetPartition: (partition) => {
      for (const [key, one] of [...cache.entries()]) if (one.partition === partition) cache.delete(key);
    },
  };
};
