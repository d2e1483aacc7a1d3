import { either as E } from 'fp-ts';
import { type EventStore } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';

/** The stream's $maxAge. The server hides older events at once and drops them when it is scavenged. */
export const keepFor =
  (connection: Connection): EventStore['keepFor'] =>
  (streamId, seconds) =>
  async () => {
    const set = await connection.attempt(async (client) => {
      const { metadata } = await client.getStreamMetadata(streamId);
      if (metadata?.maxAge === seconds) return;
      await client.setStreamMetadata(streamId, { maxAge: seconds }, connection.asUser);
    });
    return E.isRight(set) ? E.right(undefined) : E.left('EventStoreUnavailable');
  };
