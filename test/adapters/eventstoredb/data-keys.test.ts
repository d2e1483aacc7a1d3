import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { dataKeysContract, type OpenedDataKeys } from '../../contracts/data-keys.contract.js';
import { answerOf } from '../../support/answer-of.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

const opened = (connectionString: string, stop: () => Promise<void>, again: () => Promise<OpenedDataKeys>) => {
  const [one, other] = [openEventStoreDb({ connectionString }), openEventStoreDb({ connectionString })];
  const close = async (): Promise<void> => {
    await Promise.all([one.close(), other.close()]);
    await stop();
  };
  return { keys: one.keys, other: other.keys, reopen: async () => (await close(), again()), close };
};

const openIn = async (directory: string): Promise<OpenedDataKeys> => {
  const server = await openStandIn(directory);
  return opened(server.connectionString, server.stop, () => openIn(directory));
};

dataKeysContract('in EventStoreDB (stand-in)', () => openIn(newDirectory()));

it('leaves keys out of the history', async () => {
  const server = await openStandIn(newDirectory());
  const { keys, feed, close } = openEventStoreDb({ connectionString: server.connectionString });
  await answerOf(keys.offer('ana', Buffer.from('key')));
  expect((await answerOf(feed.read(-1))).events).toStrictEqual([]);
  await close();
  await server.stop();
});

await describeWith('eventstore', ({ url }) => {
  let run = 0;
  const open = async (): Promise<OpenedDataKeys> => opened(url, async () => undefined, open);
  // The server outlives a test: each has users of its own.
  const apart = ({ keys, other, reopen, close }: OpenedDataKeys, prefix: string): OpenedDataKeys => {
    const of = (all: OpenedDataKeys['keys']): OpenedDataKeys['keys'] => ({
      find: (userId) => all.find(prefix + userId),
      offer: (userId, wrapped) => all.offer(prefix + userId, wrapped),
      destroy: (userId) => all.destroy(prefix + userId),
    });
    return { keys: of(keys), other: of(other), reopen: async () => apart(await reopen(), prefix), close };
  };
  dataKeysContract('in EventStoreDB', async () => apart(await open(), `${process.pid}-${(run += 1)}-`));
});
