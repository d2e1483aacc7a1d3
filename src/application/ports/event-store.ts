import { type taskEither as TE } from 'fp-ts';

/** Where an event stands in its stream: 0 for the first. */
export type Revision = number;

/** The expected revision of a stream that does not exist yet. */
export const NO_STREAM: Revision = -1;

/** Where an event stands among all events. Grows, with gaps; nothing else may be read into it. */
export type Position = number;

/** Before the first event of all. */
export const BEGINNING: Position = -1;

/** What a stored event is to the store: a type, and JSON. Timestamps in it are epoch milliseconds. */
export interface EventBody {
  readonly type: string;
}

export interface EventMetadata {
  /** Of the event's type, from 1, which is left out. */
  readonly version?: number;
  /** The request that led here, across HTTP, log and events. */
  readonly correlationId: string;
  /** W3C trace context of what led here, where it is traced. */
  readonly traceparent?: string;
  /** The message of the single-writer log whose decision this is; its order is the order of acceptance. */
  readonly source?: { readonly topic: string; readonly partition: number; readonly offset: number };
}

export interface EventToAppend<E extends EventBody = EventBody> {
  /** UUIDv5 of the request or command id and the index of the event: the same decision has the same id. */
  readonly id: string;
  readonly event: E;
  readonly metadata: EventMetadata;
}

export interface RecordedEvent<E extends EventBody = EventBody> extends EventToAppend<E> {
  readonly streamId: string;
  readonly revision: Revision;
  readonly position: Position;
  /** Epoch milliseconds, by the store's clock. */
  readonly recordedAt: number;
}

export interface Appended {
  /** Of the last event appended. */
  readonly revision: Revision;
  readonly position: Position;
}

export type AppendError =
  /** The stream is not at the expected revision, and what stands after it is not this append. */
  | 'RevisionConflict'
  /** It may or may not have been written. Append again: same ids, same expected revision. */
  | 'AppendOutcomeUnknown'
  /** Known not to have been written. */
  | 'EventStoreUnavailable';

/** The only truth: streams of events in one global order. */
export interface EventStore {
  /**
   * All of `events` or none, durable when it answers, only if the stream's last revision is `expected`.
   * Repeating an append with the same ids and expected revision changes nothing and answers as the first time.
   * At most 1,000 events or 800 kB at once; an empty append is answered with the expected revision, position BEGINNING.
   */
  readonly append: (
    streamId: string,
    expected: Revision,
    events: ReadonlyArray<EventToAppend>,
  ) => TE.TaskEither<AppendError, Appended>;
  /** Up to `limit` events from revision `from` (inclusive), in order; fewer than `limit` only at the end. An unknown stream is empty. */
  readonly readStream: (
    streamId: string,
    from: Revision,
    limit: number,
  ) => TE.TaskEither<'EventStoreUnavailable', ReadonlyArray<RecordedEvent>>;
  /**
   * Where an append would have to go on: of the last event ever written to the stream, also when all of its events were
   * dropped since (`keepFor`) and it reads empty. NO_STREAM when nobody ever wrote to it.
   */
  readonly lastRevision: (streamId: string) => TE.TaskEither<'EventStoreUnavailable', Revision>;
  /** Events of this stream older than `seconds` may be dropped by the store from now on. */
  readonly keepFor: (streamId: string, seconds: number) => TE.TaskEither<'EventStoreUnavailable', void>;
}
