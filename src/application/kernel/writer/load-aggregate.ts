import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type EventBody, NO_STREAM, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Aggregate, type LastEvent, type Loaded } from './aggregate.js';
import { type EventSchemas } from '../events/event-schemas.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { type Ports } from '../../ports/ports.js';

export type LoadAggregatePorts = Pick<Ports, 'eventStore' | 'snapshots' | 'logger'>;

const PAGE = 1_000;

/** An event this code does not know, or cannot fold, stands in the stream: deciding without it could be wrong. */
export class UnreadableStream extends Error {
  constructor(
    readonly recorded: RecordedEvent,
    why: string,
  ) {
    super(`${recorded.streamId} holds an event ${recorded.event.type} that cannot be read: ${why}`);
  }
}

/** For a `catch`: this in place of a stream that cannot be read; whatever else was thrown is thrown again. */
export const whenUnreadable =
  <A>(instead: (error: UnreadableStream) => A) =>
  (error: unknown): A => {
    if (error instanceof UnreadableStream) return instead(error);
    throw error;
  };

const isOf = <Event extends EventBody>(
  isEvent: EventSchemas<Event>,
  recorded: RecordedEvent,
): recorded is RecordedEvent<Event> => isEvent(recorded.event);

/** As an event that this code knows; throws UnreadableStream where it does not. `newerOf`: of events as they were stored, in any earlier version. */
export const readable = <Event extends EventBody>(
  isEvent: EventSchemas<Event>,
  recorded: RecordedEvent,
  by: 'faultOf' | 'newerOf' = 'faultOf',
): RecordedEvent<Event> => {
  const fault = isEvent[by](recorded);
  if (fault === null && isOf(isEvent, recorded)) return recorded;
  throw new UnreadableStream(recorded, fault ?? 'its type is not known');
};

const folded = <State, Event extends EventBody>(
  { isEvent, evolve }: Aggregate<State, Event>,
  state: State,
  recorded: RecordedEvent,
): State => {
  const { event } = readable(isEvent, recorded);
  try {
    return evolve(state, event);
  } catch (error) {
    throw new UnreadableStream(recorded, error instanceof Error ? error.message : String(error));
  }
};

const fromSnapshot =
  ({ snapshots, logger }: LoadAggregatePorts) =>
  async <State, Event extends EventBody>(
    { initial, snapshots: codec }: Aggregate<State, Event>,
    streamId: string,
  ): Promise<Loaded<State>> => {
    const nothing = { state: initial, revision: NO_STREAM, snapshotRevision: NO_STREAM };
    if (codec === null) return nothing;
    const found = await snapshots.load(streamId, codec.version)();
    if (E.isLeft(found) || O.isNone(found.right)) return nothing;
    const { revision, chunks } = found.right.value;
    try {
      return { state: await codec.decode(chunks), revision, snapshotRevision: revision };
    } catch (error) {
      logger.warn(
        { streamId, revision, err: error },
        'A snapshot could not be read; its stream is folded from the start',
      );
      return nothing;
    }
  };

type Load = <State, Event extends EventBody>(
  aggregate: Aggregate<State, Event>,
  streamId: string,
) => TE.TaskEither<'EventStoreUnavailable', Loaded<State>>;

/**
 * The aggregate as its events left it: the newest snapshot, then the events since, page by page. A snapshot is only a
 * cache: where there is none, or an unreadable one, or one of another history (the stream was restored from a backup
 * that ends before it), everything is folded from the start. Rejects with UnreadableStream where folding would skip an event.
 * Of a stream whose events are all past the time they are kept the revision is NO_STREAM, as of one nobody wrote to.
 */
export const readAggregate =
  (ports: LoadAggregatePorts): Load =>
  (aggregate, streamId) =>
  async () => {
    let { state, revision, snapshotRevision } = await fromSnapshot(ports)(aggregate, streamId);
    let lastEvent: LastEvent | undefined;
    let position: Position | undefined;
    // From the snapshot's own last event, not the one after: it proves that this is the history the snapshot is of.
    for (let from = Math.max(snapshotRevision, 0); ; from = revision + 1) {
      const page = await ports.eventStore.readStream(streamId, from, PAGE)();
      if (E.isLeft(page)) return page;
      if (page.right.length === 0 && from === snapshotRevision) {
        ({ state, revision, snapshotRevision } = {
          state: aggregate.initial,
          revision: NO_STREAM,
          snapshotRevision: NO_STREAM,
        });
        continue;
      }
      for (const recorded of page.right) {
        lastEvent = { source: recorded.metadata.source, recordedAt: recorded.recordedAt };
        position = recorded.position;
        if (recorded.revision <= revision) continue;
        state = folded(aggregate, state, recorded);
        revision = recorded.revision;
      }
      if (page.right.length < PAGE) break;
      await yieldToEventLoop();
    }
    return E.right({ state, revision, snapshotRevision, position, last: lastEvent });
  };

/**
 * The same, to append to: where nothing can be read, the revision of what is no longer kept is found. What can still not be read after
 * that was not written meanwhile.
 */
export const loadAggregate =
  (ports: LoadAggregatePorts): Load =>
  (aggregate, streamId) =>
  async () => {
    const read = await readAggregate(ports)(aggregate, streamId)();
    if (E.isLeft(read) || read.right.revision !== NO_STREAM) return read;
    const written = await ports.eventStore.lastRevision(streamId)();
    if (E.isLeft(written)) return written;
    if (written.right === NO_STREAM) return read;
    const again = await readAggregate(ports)(aggregate, streamId)();
    if (E.isLeft(again) || again.right.revision !== NO_STREAM) return again;
    return E.right({ ...again.right, revision: written.right });
  };
