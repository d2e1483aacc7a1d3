import { openEventStoreDb } from '../../src/adapters/eventstoredb/open-event-store-db.js';

/** A server of somebody else that is measured in place of the stand-in. */
export interface NamedEventStore {
  readonly url: string;
  /** Its release. */
  readonly version: string;
}

/** Null where none is named. Rejects where it does not say which release it is. */
export const namedEventStore = async (url: string | undefined): Promise<NamedEventStore | null> => {
  if (url === undefined || url === '') return null;
  const opened = openEventStoreDb({ connectionString: url });
  const version = await opened.version();
  await opened.close();
  if (version === null) throw new Error('No EventStoreDB answers at EVENTSTORE_URL within 2 s');
  return { url, version };
};
