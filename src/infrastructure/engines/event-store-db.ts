import { openEventStoreDb } from '../../adapters/eventstoredb/index.js';
import { type EngineContext, type EventEngine } from './engines.js';

/** The event store on EventStoreDB. */
export const eventStoreDb = (connectionString: string, { log }: EngineContext): EventEngine => {
  const { store, feed, health, close } = openEventStoreDb({
    connectionString,
    onTrouble: ({ what, error }) => log.warn({ engine: 'eventstoredb', err: error }, what),
  });
  return { eventStore: store, feed, health, close };
};
