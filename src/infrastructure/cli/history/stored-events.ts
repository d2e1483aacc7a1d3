import { holdsData } from '../../../adapters/embedded/environment/index.js';
import { openStoredEvents, type StoredEvents } from '../../../adapters/embedded/event-store/open-stored-events.js';
import { type Config } from '../../config/load-config.js';
import { CallFailed } from '../failures.js';
import { enginesOf } from './engines.js';

/** All events there are now, to be closed by the caller. Embedded ones are read beside the server that has them. */
export const storedEvents = async (config: Config): Promise<StoredEvents> => {
  if (config.EVENTSTORE_URL === undefined) {
    if (!holdsData(config.DATA_DIR)) throw new CallFailed(`There is no data in ${config.DATA_DIR}`, 'NO_DATA');
    return openStoredEvents(config.DATA_DIR);
  }
  const { events, close } = await enginesOf(config);
  return { read: events.feed.read, head: events.feed.head, readStream: events.eventStore.readStream, close };
};
