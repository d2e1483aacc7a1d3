import { either as E } from 'fp-ts';
import { type Decider } from '../../../domain/decider.js';
import { type EventBody } from '../../ports/event-store.js';
import { type LoggedMessage } from '../../ports/message-log.js';
import { type Aggregate } from './aggregate.js';
import { type UnreadableMessage } from './message-body.js';
import {
  ALREADY_DONE,
  type RejectionContext,
  type RejectionEvent,
  rejectionsAggregate,
  rejectionsStream,
} from './rejected-requests.js';
import { replayOf } from './dead-letter-message.js';
import { isAtOrBefore, type Keyed, type Writing } from './writing.js';

export interface Requested<Command> {
  readonly command: Command;
  /** Event ids are derived from it; a rejection is found by it. */
  readonly requestId: string;
  /** Somebody waits for what becomes of it, also where that is nothing because it was carried out before. */
  readonly isAwaited?: boolean;
}

/** A writer whose aggregate has a decider, and whose rejections need no memory: where their stream ends tells what is recorded. */
export interface DeciderWriting<Command, State, Event extends EventBody, Rejection extends string> {
  readonly context: RejectionContext;
  readonly topic: string;
  readonly streamOf: (key: string) => string;
  readonly read: (message: LoggedMessage) => E.Either<UnreadableMessage, Requested<Command>>;
  readonly decider: Decider<State, Command, Event, Rejection>;
  readonly aggregate: Aggregate<State, Event>;
  readonly sizeOf: (state: State) => number;
}

/** Gives the answer to a replay another id than the answer that it withdraws has. */
const again = (message: LoggedMessage): string => (replayOf(message) === null ? '' : `/replayed/${message.offset}`);

/**
 * A message whose events are recorded is skipped. One beyond them is decided as it was the first time, from the same
 * state: should its rejection be recorded already, it is not recorded again.
 */
export const deciderWriting = <Command, State, Event extends EventBody, Rejection extends string>({
  context,
  decider,
  ...writing
}: DeciderWriting<Command, State, Event, Rejection>): Writing<
  Requested<Command>,
  State,
  Event,
  null,
  RejectionEvent
> => {
  const rejection = (message: LoggedMessage, requestId: string, code: string): Keyed<RejectionEvent> => {
    const { key, loggedAt: at } = message;
    const event = { type: 'RequestRejected', context, key, requestId, code, at } as const;
    return { requestKey: `${requestId}${again(message)}`, event };
  };
  /** Withdraws the answer UNPROCESSABLE: the result of the replay takes its place. */
  const withdrawal = (message: LoggedMessage, requestId: string): ReadonlyArray<Keyed<RejectionEvent>> => {
    const deadLetterId = replayOf(message);
    if (deadLetterId === null) return [];
    const { key, loggedAt: at, offset } = message;
    const event = { type: 'RequestRejectionWithdrawn', context, key, requestId, deadLetterId, at } as const;
    return [{ requestKey: `${requestId}/withdrawn/${offset}`, event }];
  };

  return {
    ...writing,
    rejectionsStreamOf: (key) => rejectionsStream(context, key),
    rejections: rejectionsAggregate,
    answer: ({ command, requestId, isAwaited = false }, message, { state, lastEvent, lastRejection }) => {
      if (isAtOrBefore(message, lastEvent)) return null;
      const decision = decider.decide(command, state);
      const isRecorded = isAtOrBefore(message, lastRejection);
      const answer = (events: ReadonlyArray<Event>, rejections: ReadonlyArray<Keyed<RejectionEvent>>) =>
        ({ requestKey: requestId, events, rejections: isRecorded ? [] : rejections }) as const;
      if (E.isLeft(decision))
        return answer([], [...withdrawal(message, requestId), rejection(message, requestId, decision.left)]);
      if (decision.right.length > 0) return answer(decision.right, withdrawal(message, requestId));
      if (!isAwaited || isRecorded || replayOf(message) !== null) return null;
      return { ...answer([], []), confirmations: [rejection(message, requestId, ALREADY_DONE)] };
    },
    giveUp: (message, requested, { lastEvent, lastRejection }) => {
      // A replay is a dead letter already, and has its answer.
      if (replayOf(message) !== null) return null;
      if (isAtOrBefore(message, lastEvent) || isAtOrBefore(message, lastRejection)) return null;
      const requestId = requested?.requestId ?? message.headers['request-id'];
      return requestId === undefined ? [] : [rejection(message, requestId, 'UNPROCESSABLE')];
    },
  };
};
