import { type EventBody, type EventMetadata, type Position, type Revision } from '../../ports/event-store.js';
import { type EventSchemas } from '../events/event-schemas.js';

/** How a large state is kept in pieces that neither side ever holds all at once. */
export interface SnapshotCodec<State> {
  /** Of the shape of the pieces: raise it when they change. */
  readonly version: number;
  /** How many entries a snapshot of this state holds. */
  readonly size: (state: State) => number;
  /** Lazily, each piece small enough not to be felt by whoever else runs. */
  readonly encode: (state: State) => Iterable<unknown>;
  /** Rejects when the pieces are not what `encode` wrote. */
  readonly decode: (pieces: AsyncIterable<unknown>) => Promise<State>;
}

/** What it takes to bring an aggregate back from its events. */
export interface Aggregate<State, Event extends EventBody> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly isEvent: EventSchemas<Event>;
  readonly snapshots: SnapshotCodec<State> | null;
}

/** An aggregate that folds as its decider does; without a codec it has no snapshots. */
export const aggregateOf = <State, Event extends EventBody>(
  { initial, evolve }: Pick<Aggregate<State, Event>, 'initial' | 'evolve'>,
  isEvent: EventSchemas<Event>,
  snapshots: SnapshotCodec<State> | null = null,
): Aggregate<State, Event> => ({ initial, evolve, isEvent, snapshots });

/** Where the last event of a stream came from, and when the store recorded it (epoch milliseconds). */
export interface LastEvent {
  readonly source: EventMetadata['source'];
  readonly recordedAt: number;
}

export interface Loaded<State> {
  readonly state: State;
  /** Of the last event of the stream, even if it is no longer kept; NO_STREAM when there never was one. */
  readonly revision: Revision;
  /** The last revision the newest snapshot holds; NO_STREAM when there is none. */
  readonly snapshotRevision: Revision;
  /** Of the last event of the stream; absent when there is none to read, or it was not loaded but moved on from. */
  readonly position?: Position | undefined;
  /** Of the last event folded; absent when there is none, or whoever made this does not ask for it. */
  readonly last?: LastEvent | undefined;
}
