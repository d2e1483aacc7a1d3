import { type option as O, type taskEither as TE } from 'fp-ts';
import { WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { askDecider, type AskedError } from '../kernel/outcome/ask-decider.js';
import { type AskWriterPorts } from '../kernel/outcome/ask-writer.js';
import { awaitOutcome } from '../kernel/outcome/await-outcome.js';
import { type Position } from '../ports/event-store.js';
import { type Ids } from '../ports/ids.js';
import { toWaitingMessage, type Tracing, type WaitingRequest } from './waiting-messages.js';
import { waitingAnswers } from './waiting-outcomes.js';
import { waitingRoomsView } from './waiting-rooms.js';

export interface AskWaitingRoomPorts extends AskWriterPorts {
  readonly ids: Ids;
  /** How long a call waits to see what it led to; milliseconds. */
  readonly waitMs: number;
}

/** Asks the writer of a waiting room, and waits, bounded, for the outcome of this very request. */
export const askWaitingRoom = (ports: AskWaitingRoomPorts) => {
  const [ask, { waitMs }] = [askDecider(ports), ports];
  return (asked: WaitingRequest, tracing: Tracing): TE.TaskEither<AskedError, Position> => {
    const message = toWaitingMessage({ ...asked, isAwaited: true }, ports.clock.now(), tracing);
    return ask({ topic: WAITING_TOKEN, message, answers: waitingAnswers, requestId: asked.requestId, waitMs });
  };
};

/** Reads what a request led to, its outcome being known: until the document shows it, or the time is over. */
export const readOnceShown =
  (ports: AskWaitingRoomPorts) =>
  <A>(
    id: string,
    read: TE.TaskEither<'ReadModelsUnavailable', O.Option<A>>,
    isShown: (found: O.Option<A>) => boolean,
  ): TE.TaskEither<'ReadModelsUnavailable', O.Option<A>> =>
    awaitOutcome(ports)({ view: waitingRoomsView.name, id, read, isFinal: isShown, waitMs: ports.waitMs });
