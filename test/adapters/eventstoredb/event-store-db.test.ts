import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { eventFeedContract } from '../../contracts/event-feed.contract.js';
import { eventStoreContract, type OpenedEventStore } from '../../contracts/event-store.contract.js';
import { interruptedReadsContract, type ProxiedEventStore } from '../../contracts/interrupted-reads.contract.js';
import { deleteStreams } from '../../support/engines/delete-streams.js';
import { describeWith, ownPrefix } from '../../support/engines/describe-with.js';
import { startFaultProxy } from '../../support/fault-proxy.js';
import { type Version, VERSIONS } from '../../support/eventstoredb-stand-in/behaviour.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();
const backOff = { firstMs: 1, maxMs: 20 };

const openIn = async (directory: string, version: Version, namespace: string): Promise<OpenedEventStore> => {
  const server = await openStandIn(directory, 0, { version });
  const adapter = openEventStoreDb({ connectionString: server.connectionString, backOff, namespace });
  const close = async () => {
    await adapter.close();
    await server.stop();
  };
  const reopen = async () => {
    await close();
    return openIn(directory, version, namespace);
  };
  return { store: adapter.store, feed: adapter.feed, sweep: server.sweep, reopen, close };
};

/** One version alone, the other with names of streams of its own among those of other shops. */
const namespaces: Readonly<Record<Version, string>> = { '23.10': '', '24.6': 'ours.' };
for (const version of VERSIONS) {
  const open = () => openIn(newDirectory(), version, namespaces[version]);
  eventStoreContract(`EventStoreDB ${version} (stand-in)`, open);
  eventFeedContract(`EventStoreDB ${version} (stand-in)`, open);
}

const proxied = async (port: number, connectionString = (to: number) => `esdb://127.0.0.1:${to}?tls=false`) => {
  const proxy = await startFaultProxy({ port });
  const { store, feed, close } = openEventStoreDb({ connectionString: connectionString(proxy.port), backOff });
  return { store, feed, close, proxy } satisfies ProxiedEventStore;
};
interruptedReadsContract('EventStoreDB (stand-in)', async () => {
  const server = await openStandIn(newDirectory());
  const opened = await proxied(server.port);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await server.stop();
    },
  };
});

await describeWith('eventstore', ({ url }) => {
  const namespace = ownPrefix();
  afterAll(() => deleteStreams(url, namespace));
  const open = async (): Promise<OpenedEventStore> => {
    const { store, feed, close } = openEventStoreDb({ connectionString: url, backOff, namespace });
    return { store, feed, close, reopen: async () => (await close(), open()) };
  };
  eventStoreContract('EventStoreDB', open);
  eventFeedContract('EventStoreDB', open);
});
