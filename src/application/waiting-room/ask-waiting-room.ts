import { type option as O, type taskEither as TE } from 'fp-ts';
import { type AskedError, askUntilShown, type AskWriterPorts } from '../kernel/outcome/ask-writer.js';
import { WAITING_TOKEN } from '../kernel/messaging/topics.js';
import { toWaitingMessage, type Tracing, type WaitingRequest } from './waiting-messages.js';
import { waitingRoomsView } from './views/waiting-rooms.js';
import { waitingAnswers } from './waiting-outcomes.js';

export interface AskWaitingRoomPorts extends AskWriterPorts {
  /** How long a call waits to see what it led to. */
  readonly waitMs: number;
}

export interface WaitingRoomQuestion<A> extends Tracing {
  readonly request: WaitingRequest;
  /** The document that shows it carried out. */
  readonly documentId: string;
  readonly read: TE.TaskEither<'ReadModelsUnavailable', O.Option<A>>;
}

/** Asks the writer of a waiting room, and waits, bounded, until queries see what became of it. */
export const askWaitingRoom = (ports: AskWaitingRoomPorts) => {
  const ask = askUntilShown(ports);
  return <A>({ request, documentId, read, ...tracing }: WaitingRoomQuestion<A>): TE.TaskEither<AskedError, A> =>
    ask({
      topic: WAITING_TOKEN,
      message: toWaitingMessage(request, ports.clock.now(), tracing),
      answers: waitingAnswers,
      requestId: request.requestId,
      view: waitingRoomsView.name,
      id: documentId,
      read,
      waitMs: ports.waitMs,
    });
};
