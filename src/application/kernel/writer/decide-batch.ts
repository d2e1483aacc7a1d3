import { either as E } from 'fp-ts';
import { type EventBody, type EventToAppend } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { eventId } from './event-ids.js';
import { type SetAsideMessage } from './dead-letter-message.js';
import { type Answer, type Keyed, metadataOf, type Standing, type Writing } from './writing.js';

/** A message of the log, read once however often it is decided. */
export interface ReadMessage<Command> {
  readonly message: LoggedMessage;
  readonly read: E.Either<unknown, Command>;
}

/** What a run of messages leads to: nothing of it is written yet. */
export interface Decided<State, Event extends EventBody, Rejections, Rejection extends EventBody> {
  readonly state: State;
  readonly rejections: Rejections;
  /** The events of one message share its metadata. */
  readonly granted: ReadonlyArray<EventToAppend<Event>>;
  readonly rejected: ReadonlyArray<EventToAppend<Rejection>>;
  /** Recorded last, with the last message as their source: all messages are answered by then. */
  readonly confirmed: ReadonlyArray<EventToAppend<Rejection>>;
  readonly setAside: ReadonlyArray<SetAsideMessage>;
}

/**
 * Decides the messages of one key in order, each on the state the one before it left. A message that cannot be read, or
 * whose decision throws, is set aside at once: deciding is pure, so trying again could change nothing. Its neighbours do
 * not notice.
 */
export const decideBatch =
  <Command, State, Event extends EventBody, Rejections, Rejection extends EventBody>({
    streamOf,
    rejectionsStreamOf,
    aggregate,
    rejections: rejectionsOf,
    answer,
    giveUp,
  }: Writing<Command, State, Event, Rejections, Rejection>) =>
  (
    key: string,
    messages: ReadonlyArray<ReadMessage<Command>>,
    before: Standing<State, Rejections>,
  ): Decided<State, Event, Rejections, Rejection> => {
    const [stream, rejectionsStream] = [streamOf(key), rejectionsStreamOf(key)];
    const granted: EventToAppend<Event>[] = [];
    const rejected: EventToAppend<Rejection>[] = [];
    const confirmed: EventToAppend<Rejection>[] = [];
    const setAside: SetAsideMessage[] = [];
    const last = messages.at(-1)?.message;

    let standing = before;

    /** What an answer leaves behind. Folded before anything is kept of it: folding may throw too. */
    const after = (
      events: ReadonlyArray<Event>,
      answers: ReadonlyArray<Keyed<Rejection>>,
    ): Standing<State, Rejections> => {
      let { state, rejections } = standing;
      for (const event of events) state = aggregate.evolve(state, event);
      for (const { event } of answers) rejections = rejectionsOf.evolve(rejections, event);
      return { state, rejections, lastEvent: before.lastEvent, lastRejection: before.lastRejection };
    };
    const record = (message: LoggedMessage, answered: Answer<Event, Rejection>): void => {
      const { requestKey, events, rejections, confirmations = [] } = answered;
      standing = after(events, [...rejections, ...confirmations]);
      const metadata = metadataOf(message);
      for (const each of rejections)
        rejected.push({ id: eventId(rejectionsStream, each.requestKey, 0), event: each.event, metadata });
      for (const each of confirmations)
        confirmed.push({
          id: eventId(rejectionsStream, each.requestKey, 0),
          event: each.event,
          metadata: { ...metadata, source: metadataOf(last ?? message).source },
        });
      for (const [index, event] of events.entries())
        granted.push({ id: eventId(stream, requestKey, index), event, metadata });
    };

    const fail = (message: LoggedMessage, command: Command | null, error: unknown): void => {
      const rejections = giveUp(message, command, standing);
      if (rejections === null) return;
      setAside.push({ message, error });
      record(message, { requestKey: '', events: [], rejections });
    };

    for (const { message, read } of messages) {
      if (E.isLeft(read)) {
        fail(message, null, read.left);
        continue;
      }
      try {
        const decided = answer(read.right, message, standing);
        if (decided !== null) record(message, decided);
      } catch (error) {
        fail(message, read.right, error);
      }
    }
    return { state: standing.state, rejections: standing.rejections, granted, rejected, confirmed, setAside };
  };
