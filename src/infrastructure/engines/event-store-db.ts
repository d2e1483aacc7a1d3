import { openEventStoreDb } from '../../adapters/eventstoredb/index.js';
import { type EngineContext, type EventEngine } from './engines.js';

/** The event store on EventStoreDB. */
export const eventStoreDb = (connectionString: string, { log }: EngineContext): EventEngine => {
  const { store, feed, health, close } = openEventStoreDb({
    connectionString,
    onNews: ({ level, what, error, times }) => log[level]({ engine: 'eventstoredb', err: error, times }, what),
  });
  return { eventStore: store, feed, health, close };
};
