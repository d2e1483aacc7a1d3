import { either as E } from 'fp-ts';
import { type EventBody, type EventToAppend } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { eventId } from './event-ids.js';
import { type SetAsideMessage } from './set-aside.js';
import { type Keyed, metadataOf, type Standing, type Writing } from './writing.js';

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
  readonly setAside: ReadonlyArray<SetAsideMessage>;
}

const eventOf = <Event extends EventBody>({ event }: Keyed<Event>): Event => event;

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
    { state, rejections, ...last }: Standing<State, Rejections>,
  ): Decided<State, Event, Rejections, Rejection> => {
    const [stream, rejectionsStream] = [streamOf(key), rejectionsStreamOf(key)];
    const granted: EventToAppend<Event>[] = [];
    const rejected: EventToAppend<Rejection>[] = [];
    const setAside: SetAsideMessage[] = [];

    const reject = (message: LoggedMessage, answers: ReadonlyArray<Keyed<Rejection>>): void => {
      for (const { requestKey, event } of answers)
        rejected.push({ id: eventId(rejectionsStream, requestKey, 0), event, metadata: metadataOf(message) });
    };
    const evolved = (answers: ReadonlyArray<Keyed<Rejection>>): Rejections =>
      answers.map(eventOf).reduce(rejectionsOf.evolve, rejections);

    const decide = (command: Command, message: LoggedMessage): void => {
      const decided = answer(command, message, { state, rejections, ...last });
      if (decided === null) return;
      // Before anything is kept of it: folding may throw too.
      const after = { state: decided.events.reduce(aggregate.evolve, state), rejections: evolved(decided.rejections) };
      ({ state, rejections } = after);
      reject(message, decided.rejections);
      if (decided.events.length === 0) return;
      const metadata = metadataOf(message);
      decided.events.forEach((event, index) =>
        granted.push({ id: eventId(stream, decided.requestKey, index), event, metadata }),
      );
    };

    const fail = (message: LoggedMessage, command: Command | null, error: unknown): void => {
      const answers = giveUp(message, command, { state, rejections, ...last });
      if (answers === null) return;
      setAside.push({ message, error });
      rejections = evolved(answers);
      reject(message, answers);
    };

    for (const { message, read } of messages) {
      if (E.isLeft(read)) {
        fail(message, null, read.left);
        continue;
      }
      try {
        decide(read.right, message);
      } catch (error) {
        fail(message, read.right, error);
      }
    }
    return { state, rejections, granted, rejected, setAside };
  };
