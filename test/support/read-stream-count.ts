import { type EventStore } from '../../src/application/ports/event-store.js';
import { answerOf } from './answer-of.js';

/** How many events a stream has, reading all of them. */
export const readStreamCount = async (store: EventStore, streamId: string): Promise<number> => {
  for (let count = 0; ;) {
    const events = await answerOf(store.readStream(streamId, count, 500));
    count += events.length;
    if (events.length < 500) return count;
  }
};
