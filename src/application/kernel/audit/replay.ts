import { type EventStore, type RecordedEvent } from '../../ports/event-store.js';
import { type LoggedMessage, type MessageLog, type PartitionLag } from '../../ports/message-log.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { orAway } from './away.js';

const PAGE = 1_000;

/** Hands every event of a stream to `see`, a page in memory at a time; answers how many there are. */
export const replayStream = async (
  eventStore: Pick<EventStore, 'readStream'>,
  stream: string,
  see: (recorded: RecordedEvent) => void,
  onProgress: (events: number) => void = () => undefined,
): Promise<number> => {
  for (let [from, done] = [0, 0]; ;) {
    const page = await orAway(eventStore.readStream(stream, from, PAGE));
    page.forEach(see);
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
export const replayTopic = async (
  log: Pick<MessageLog, 'read'>,
  { topic, committed }: { readonly topic: string; readonly committed: ReadonlyArray<PartitionLag> },
  see: (message: LoggedMessage) => void,
  onProgress: (messages: number) => void = () => undefined,
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
