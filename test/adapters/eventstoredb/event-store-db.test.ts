import { openEventStore } from '../../../src/adapters/embedded/event-store/index.js';
import { openEventStoreDb } from '../../../src/adapters/eventstoredb/index.js';
import { eventFeedContract } from '../../contracts/event-feed.contract.js';
import { eventStoreContract, type OpenedEventStore } from '../../contracts/event-store.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { startStandIn } from '../../support/eventstoredb-stand-in/stand-in.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

const openIn = async (directory: string): Promise<OpenedEventStore> => {
  const { root, close } = await openedDirectory(directory);
  const embedded = openEventStore(root);
  const server = await startStandIn(embedded);
  const adapter = openEventStoreDb({
    connectionString: server.connectionString,
    backOff: { firstMs: 1, maxMs: 20 },
  });
  const closeAll = async () => {
    await adapter.close();
    await server.stop();
    await embedded.close();
    await close();
  };
  const reopen = async () => {
    await closeAll();
    return openIn(directory);
  };
  return { store: adapter.store, feed: adapter.feed, reopen, close: closeAll };
};

eventStoreContract('EventStoreDB (stand-in)', () => openIn(newDirectory()));
eventFeedContract('EventStoreDB (stand-in)', () => openIn(newDirectory()));
