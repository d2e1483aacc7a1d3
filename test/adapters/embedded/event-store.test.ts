import { openEventStore } from '../../../src/adapters/embedded/event-store/index.js';
import { eventFeedContract } from '../../contracts/event-feed.contract.js';
import { eventStoreContract, type OpenedEventStore } from '../../contracts/event-store.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

const openIn = async (directory: string): Promise<OpenedEventStore> => {
  const { root, close } = await openedDirectory(directory);
  const { store, feed, sweep, close: closeStore } = openEventStore(root, { backOff: { firstMs: 1, maxMs: 20 } });
  const closeAll = async () => {
    await closeStore();
    await close();
  };
  const reopen = async () => {
    await closeAll();
    return openIn(directory);
  };
  return { store, feed, sweep: async () => void (await sweep()()), reopen, close: closeAll };
};

eventStoreContract('The embedded store', () => openIn(newDirectory()));
eventFeedContract('The embedded store', () => openIn(newDirectory()));
