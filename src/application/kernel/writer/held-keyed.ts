import { either as E, type taskEither as TE } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { type EventBody, NO_STREAM } from '../../ports/event-store.js';
import { type Loaded } from './aggregate.js';
import { type KeyedWriting } from './keyed-writing.js';
import { loadAggregate, type LoadAggregatePorts } from './load-aggregate.js';
import { rejectionsAggregate, rejectionsStream } from './rejected-requests.js';

/** All the writer of a key needs to know. */
export interface HeldKeyed<State> {
  readonly partition: number;
  readonly aggregate: Loaded<State>;
  readonly rejections: Loaded<null>;
}

export interface HeldByKey<State> {
  /** From memory, else from its events. */
  readonly get: (key: string, partition: number) => TE.TaskEither<'EventStoreUnavailable', HeldKeyed<State>>;
  /**
   * Not what does not exist yet: it is created by others than this writer, and one that remembers that there is nothing
   * would go on rejecting.
   */
  readonly keep: (key: string, held: HeldKeyed<State>) => void;
  readonly forget: (key: string) => void;
  /** What was held of a partition is no longer known to be current. */
  readonly forgetPartition: (partition: number) => void;
}

/** The aggregates one writer decides, in memory; those not asked for longest go when more than `most` entries are held. */
export const heldByKey = <State, Command, Event extends EventBody, Rejection extends string>(
  ports: LoadAggregatePorts,
  writing: KeyedWriting<State, Command, Event, Rejection>,
  most: number,
): HeldByKey<State> => {
  const { context, aggregate, streamOf, sizeOf = () => 1 } = writing;
  const held = new LRUCache<string, HeldKeyed<State>>({
    maxSize: most,
    // One that is larger than everything may hold is held all the same, alone: reloading it for every batch would be worse.
    sizeCalculation: (one) => Math.min(1 + sizeOf(one.aggregate.state), most),
  });
  const load = loadAggregate(ports);

  return {
    get: (key, partition) => async () => {
      const known = held.get(key);
      if (known !== undefined) return E.right(known);
      // The aggregate first: rejections are appended before the events of the same messages, so whatever another writer
      // rejected before this state is among the rejections read after it.
      const loaded = await load(aggregate, streamOf(key))();
      if (E.isLeft(loaded)) return loaded;
      const rejections = await load(rejectionsAggregate, rejectionsStream(context, key))();
      if (E.isLeft(rejections)) return rejections;
      return E.right({ partition, aggregate: loaded.right, rejections: rejections.right });
    },
    keep: (key, one) => {
      if (one.aggregate.revision !== NO_STREAM) held.set(key, one);
    },
    forget: (key) => void held.delete(key),
    forgetPartition: (partition) => {
      for (const [key, one] of [...held.entries()]) if (one.partition === partition) held.delete(key);
    },
  };
};
