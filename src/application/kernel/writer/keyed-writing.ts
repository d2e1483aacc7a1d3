import { type Decider } from '../../../domain/decider.js';
import { type EventBody, type EventMetadata } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { type Aggregate, type LastEvent } from './aggregate.js';
import { type RejectionContext } from './rejected-requests.js';

/** Not one of ours, or damaged: trying again cannot help. */
export class UnreadableMessage extends Error {}

export interface KeyedCommand<Command> {
  readonly command: Command;
  /** Event ids are derived from it; a rejection is found by it. */
  readonly requestId: string;
  /** Somebody waits for what becomes of it, also where that is nothing because it was carried out before. */
  readonly isAwaited?: boolean;
}

/** What one single writer does: which messages, on which aggregate, by which rule. */
export interface KeyedWriting<State, Command, Event extends EventBody, Rejection extends string> {
  readonly context: RejectionContext;
  readonly topic: string;
  /** The aggregate's stream; messages are keyed by `key`. */
  readonly streamOf: (key: string) => string;
  /**
   * What a message asks; throws UnreadableMessage. The command is wholly determined by the message, its time included:
   * deciding it again must give the same answer.
   */
  readonly read: (message: LoggedMessage) => KeyedCommand<Command>;
  readonly decider: Decider<State, Command, Event, Rejection>;
  readonly aggregate: Aggregate<State, Event>;
  /** How many entries a state holds in memory; 1 when absent. */
  readonly sizeOf?: (state: State) => number;
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
