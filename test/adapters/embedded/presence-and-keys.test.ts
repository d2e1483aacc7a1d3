import { openPassKeys } from '../../../src/adapters/embedded/pass-keys/index.js';
import { inProcessPresence } from '../../../src/adapters/embedded/presence/index.js';
import { inProcessTickets } from '../../../src/adapters/embedded/stream-tickets/index.js';
import { streamTicketsContract } from '../../contracts/stream-tickets.contract.js';
import { passKeysContract } from '../../contracts/pass-keys.contract.js';
import { presenceContract } from '../../contracts/presence.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

presenceContract('in this process', async () => ({
  presence: inProcessPresence(),
  now: Date.now,
  close: async () => undefined,
}));

passKeysContract('in the data directory', async () => {
  const directory = await openedDirectory(newDir());
  return { one: openPassKeys(directory.root), other: openPassKeys(directory.root), close: directory.close };
});

streamTicketsContract('in this process', async () => {
  const tickets = inProcessTickets();
  return { one: tickets, other: tickets, close: async () => undefined };
});
