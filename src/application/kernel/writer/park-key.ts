import { either as E, type taskEither as TE } from 'fp-ts';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type LoggedMessage, type PublishError } from '../../ports/message-log.js';
import { type Log } from '../../ports/log.js';
import { setAsideMessages, type SetAsidePorts } from './dead-letter-message.js';
import { type UnreadableStream } from './load-aggregate.js';

/** Where it is kept which streams a consumer passes over. */
interface OpenParking {
  readonly open: (consumer: string) => Promise<{
    readonly park: (event: RecordedEvent, reason: string) => void;
    readonly settle: () => Promise<void>;
  }>;
}

export interface ParkKeyPorts extends SetAsidePorts {
  readonly logger: Log;
  readonly parkedStreams: OpenParking;
}

/** The name under which the writer of a topic parks the streams it cannot read. */
export const writerConsumer = (topic: string): string => `writer-${topic}`;

/**
 * The stream of a key cannot be read, so nothing asked of it can be decided: its messages become dead letters without an
 * answer, to be replayed once the stream can be read, and those of every other key are decided. Where it cannot be
 * parked nothing is set aside: the messages come again, and each time they would be set aside again.
 */
export const parkKey =
  (ports: ParkKeyPorts) =>
  (
    topic: string,
    messages: ReadonlyArray<LoggedMessage>,
    error: UnreadableStream,
  ): TE.TaskEither<PublishError | 'EventStoreUnavailable', void> =>
  async () => {
    try {
      const parking = await ports.parkedStreams.open(writerConsumer(topic));
      parking.park(error.recorded, error.message);
      const setAside = await setAsideMessages(ports)(messages.map((message) => ({ message, error })))();
      if (E.isRight(setAside)) await parking.settle();
      return setAside;
    } catch (cause) {
      ports.logger.error({ topic, streamId: error.recorded.streamId, err: cause }, 'A stream could not be parked');
      return E.left('EventStoreUnavailable');
    }
  };
