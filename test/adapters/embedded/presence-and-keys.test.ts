import { openSigningKeys } from '../../../src/adapters/embedded/signing-keys/open-signing-keys.js';
import { inProcessPresence, inProcessTickets } from '../../../src/adapters/embedded/in-process.js';
import { streamTicketsContract } from '../../contracts/stream-tickets.contract.js';
import { signingKeysContract } from '../../contracts/signing-keys.contract.js';
import { presenceContract } from '../../contracts/presence.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

presenceContract('in this process', async () => ({
  presence: inProcessPresence(),
  now: Date.now,
  close: async () => undefined,
}));

signingKeysContract('in the data directory', async () => {
  const directory = await openedDirectory(newDir());
  return {
    one: openSigningKeys(directory.root, 'pass-keys'),
    other: openSigningKeys(directory.root, 'pass-keys'),
    close: directory.close,
  };
});

streamTicketsContract('in this process', async () => {
  const tickets = inProcessTickets();
  return { one: tickets, other: tickets, close: async () => undefined };
});
