import { type EventBody, type EventStore, type RecordedEvent } from '../../ports/event-store.js';
import { type LoggedMessage, type MessageLog, type PartitionLag } from '../../ports/message-log.js';
import { type EventSchemas } from '../events/event-schemas.js';
import { readable } from '../writer/load-aggregate.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { orAway } from './away.js';

const PAGE = 1_000;

/**
 * Hands the events of a stream to `see`, a page in memory at a time; answers how many there are. Rejects with UnreadableStream at the
 * first that cannot be read: what is left of the stream says nothing for sure.
 */
export const replayStream =
  (
    eventStore: Pick<EventStore, 'readStream'>,
    onProgress: (events: number) => void = () => undefined,
    by: Parameters<typeof readable>[2] = 'faultOf',
  ) =>
  async <Event extends EventBody>(
    stream: string,
    isEvent: EventSchemas<Event>,
    see: (recorded: RecordedEvent<Event>) => void,
  ): Promise<number> => {
    for (let [from, done] = [0, 0]; ;) {
      const page = await orAway(eventStore.readStream(stream, from, PAGE));
      for (const recorded of page) see(readable(isEvent, recorded, by));
      onProgress((done += page.length));
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return done;
      from = last.revision + 1;
      await yieldToEventLoop();
    }
  };

/**
 * Hands what a group has committed of a topic to `see`. `committed` must have been asked for before the events were read:
 * then whatever it covers is decided by them.
 */
export const replayTopic =
  (log: Pick<MessageLog, 'read'>, onProgress: (messages: number) => void = () => undefined) =>
  async (
    topic: string,
    committed: ReadonlyArray<PartitionLag>,
    see: (message: LoggedMessage) => void,
  ): Promise<void> => {
    let done = 0;
    for (const { partition, committed: end } of committed)
      for (let offset = 0; offset < end;) {
        const page = await orAway(log.read({ topic, partition, offset }, PAGE));
        const last = page.at(-1);
        if (last === undefined) break;
        for (const message of page) if (message.offset < end) see(message);
        offset = last.offset + 1;
        onProgress((done += page.length));
        await yieldToEventLoop();
      }
  };
