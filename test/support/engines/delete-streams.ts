import { createClient } from '../../../src/adapters/eventstoredb/create-client.js';
import { parseConnectionString } from '../../../src/adapters/eventstoredb/connection-string.js';
import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { answerOf, rightOf } from '../answer-of.js';

const streamsOf = async (connectionString: string, namespace: string): Promise<ReadonlySet<string>> => {
  const { feed, close } = openEventStoreDb({ connectionString, namespace });
  const streams = new Set<string>();
  try {
    for (let after = BEGINNING; ;) {
      const { events, position, caughtUp } = await answerOf(feed.read(after));
      for (const { streamId } of events) streams.add(namespace + streamId);
      if (caughtUp) return streams;
      after = position;
    }
  } finally {
    await close();
  }
};

/** Deletes every stream of a namespace on a server of somebody else; scavenging frees the disk. Answers how many there were. */
export const deleteStreams = async (connectionString: string, namespace: string): Promise<number> => {
  const streams = await streamsOf(connectionString, namespace);
  const client = createClient(rightOf(parseConnectionString(connectionString)), 0);
  try {
    for (const stream of streams) await client.deleteStream(stream);
  } finally {
    await client.close();
  }
  return streams.size;
};
