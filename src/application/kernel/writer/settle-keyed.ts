import { either as E } from 'fp-ts';
import { type EventBody, type EventToAppend } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { type LastEvent } from './aggregate.js';
import { eventId } from './event-ids.js';
import { isAtOrBefore, type KeyedCommand, type KeyedWriting, metadataOf } from './keyed-writing.js';
import { type GaveUp, patiently } from '../patiently.js';
import { ALREADY_DONE, type RejectionEvent, rejectionsStream, type RequestRejected } from './rejected-requests.js';
import { replayOf } from './replay-header.js';

/** A message of the log, read once however often it is decided. */
export interface ReadKeyed<Command> {
  readonly message: LoggedMessage;
  readonly read: E.Either<GaveUp, KeyedCommand<Command>>;
}

export interface SetAsideMessage extends GaveUp {
  readonly message: LoggedMessage;
}

/** Where a key's streams stand before its messages are decided. */
export interface KeyedState<State> {
  readonly state: State;
  readonly lastEvent: LastEvent | null;
  readonly lastRejection: LastEvent | null;
}

/** What a run of messages leads to: nothing of it is written yet. */
export interface SettledKeyed<State> {
  readonly state: State;
  /** By message: one message's events belong in one append. */
  readonly granted: ReadonlyArray<ReadonlyArray<EventToAppend>>;
  readonly rejected: ReadonlyArray<EventToAppend<RejectionEvent>>;
  readonly setAside: ReadonlyArray<SetAsideMessage>;
}

/** The answer to a replay is another one than the one it withdraws. */
const again = (message: LoggedMessage): string => (replayOf(message) === null ? '' : `/replayed/${message.offset}`);

/**
 * Decides the messages of one key, each on the state the one before it left. One whose events are recorded is skipped.
 * One beyond them is decided as it was the first time, from the same state: should its rejection be recorded already, it is
 * not recorded again. One that cannot be read, or makes deciding fail, is set aside with a recorded answer.
 */
export const settleKeyed =
  <State, Command, Event extends EventBody, Rejection extends string>({
    context,
    streamOf,
    decider,
  }: Pick<KeyedWriting<State, Command, Event, Rejection>, 'context' | 'streamOf' | 'decider'>) =>
  (
    key: string,
    messages: ReadonlyArray<ReadKeyed<Command>>,
    { state, lastEvent, lastRejection }: KeyedState<State>,
  ): SettledKeyed<State> => {
    const [streamId, rejections] = [streamOf(key), rejectionsStream(context, key)];
    const granted: EventToAppend<Event>[][] = [];
    const rejected: EventToAppend<RejectionEvent>[] = [];
    const setAside: SetAsideMessage[] = [];

    const reject = (message: LoggedMessage, requestId: string, code: string): void => {
      if (isAtOrBefore(message, lastRejection)) return;
      const event: RequestRejected = { type: 'RequestRejected', context, key, requestId, code, at: message.loggedAt };
      const id = eventId(rejections, `${requestId}${again(message)}`, 0);
      rejected.push({ id, event, metadata: metadataOf(message) });
    };
    /** What a replay leads to now counts, instead of that it could not be processed. */
    const withdraw = (message: LoggedMessage, requestId: string): void => {
      const deadLetterId = replayOf(message);
      if (deadLetterId === null || isAtOrBefore(message, lastRejection)) return;
      const id = eventId(rejections, `${requestId}/withdrawn/${message.offset}`, 0);
      const type = 'RequestRejectionWithdrawn';
      const event = { type, context, key, requestId, deadLetterId, at: message.loggedAt } as const;
      rejected.push({ id, event, metadata: metadataOf(message) });
    };
    const giveUp = (message: LoggedMessage, requestId: string | undefined, failure: GaveUp): void => {
      // It is a dead letter already, and has its answer.
      if (replayOf(message) !== null) return;
      if (!isAtOrBefore(message, lastRejection)) setAside.push({ message, ...failure });
      if (requestId !== undefined) reject(message, requestId, 'UNPROCESSABLE');
    };

    for (const { message, read } of messages) {
      if (isAtOrBefore(message, lastEvent)) continue;
      if (E.isLeft(read)) {
        giveUp(message, message.headers['request-id'], read.left);
        continue;
      }
      const { command, requestId, isAwaited = false } = read.right;
      const before = state;
      const decision = patiently(() =>
        E.map((events: ReadonlyArray<Event>) => ({ events, state: events.reduce(decider.evolve, before) }))(
          decider.decide(command, before),
        ),
      );
      if (E.isLeft(decision)) giveUp(message, requestId, decision.left);
      else if (E.isLeft(decision.right)) {
        withdraw(message, requestId);
        reject(message, requestId, decision.right.left);
      } else {
        const metadata = metadataOf(message);
        const { events } = decision.right.right;
        state = decision.right.right.state;
        if (events.length === 0) {
          if (isAwaited && replayOf(message) === null) reject(message, requestId, ALREADY_DONE);
          continue;
        }
        withdraw(message, requestId);
        granted.push(events.map((event, index) => ({ id: eventId(streamId, requestId, index), event, metadata })));
      }
    }
    return { state, granted, rejected, setAside };
  };
