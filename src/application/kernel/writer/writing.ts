import { type either as E } from 'fp-ts';
import { type EventBody, type EventMetadata } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { type Aggregate, type LastEvent } from './aggregate.js';
import { type UnreadableMessage } from './message-body.js';

/** An event, and what its id is derived from, together with its stream. */
export interface Keyed<Event> {
  readonly requestKey: string;
  readonly event: Event;
}

/** What one message leads to. */
export interface Answer<Event extends EventBody, Rejection extends EventBody> {
  /** What the events' ids are derived from, together with their stream and their index. */
  readonly requestKey: string;
  readonly events: ReadonlyArray<Event>;
  readonly rejections: ReadonlyArray<Keyed<Rejection>>;
  /** That it had been carried out before, maybe by an event of the same batch: recorded after the events, so that whoever is told sees them. */
  readonly confirmations?: ReadonlyArray<Keyed<Rejection>>;
}

/** Where the two streams of a key stand before a message is decided. */
export interface Standing<State, Rejections> {
  readonly state: State;
  readonly rejections: Rejections;
  /** The last event of each stream that a batch before this one wrote. */
  readonly lastEvent: LastEvent | null;
  readonly lastRejection: LastEvent | null;
}

/** What a writer does: which messages, on which aggregate, by which rule; and how it records what led to nothing. */
export interface Writing<Command, State, Event extends EventBody, Rejections, Rejection extends EventBody> {
  readonly topic: string;
  /** Messages are keyed by `key`. */
  readonly streamOf: (key: string) => string;
  readonly rejectionsStreamOf: (key: string) => string;
  readonly aggregate: Aggregate<State, Event>;
  readonly rejections: Aggregate<Rejections, Rejection>;
  /**
   * What a message asks. The command is wholly determined by the message, its time included: deciding it again must give
   * the same answer.
   */
  readonly read: (message: LoggedMessage) => E.Either<UnreadableMessage, Command>;
  /** Pure. What a message leads to as things stand; null when it was answered before, or changes nothing. */
  readonly answer: (
    command: Command,
    message: LoggedMessage,
    standing: Standing<State, Rejections>,
  ) => Answer<Event, Rejection> | null;
  /**
   * Pure. What is recorded of a message that cannot be read (its command is null), or whose decision failed; null when it
   * was answered before: then it does not become a dead letter either.
   */
  readonly giveUp: (
    message: LoggedMessage,
    command: Command | null,
    standing: Standing<State, Rejections>,
  ) => ReadonlyArray<Keyed<Rejection>> | null;
  /** How many entries a key takes in memory. */
  readonly sizeOf: (state: State, rejections: Rejections) => number;
}

/** The store's clock and the log's may differ by this much. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Whether the message's decision stands at or before an event: it is at or below the event's source in the same
 * partition, and was not logged after the event was recorded, as one in a topic that was made anew would be.
 */
export const isAtOrBefore = (
  { topic, partition, offset, loggedAt }: LoggedMessage,
  last: LastEvent | null,
): boolean => {
  const source = last?.source;
  if (last === null || source === undefined || source.topic !== topic || source.partition !== partition) return false;
  return offset <= source.offset && loggedAt <= last.recordedAt + CLOCKS_DIFFER_MS;
};

export const metadataOf = ({ headers, topic, partition, offset }: LoggedMessage): EventMetadata => ({
  correlationId: headers['correlation-id'] ?? headers['request-id'] ?? '',
  ...(headers['traceparent'] !== undefined && { traceparent: headers['traceparent'] }),
  source: { topic, partition, offset },
});
