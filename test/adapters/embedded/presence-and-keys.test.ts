import { openPassKeys } from '../../../src/adapters/embedded/pass-keys/index.js';
import { inProcessPresence } from '../../../src/adapters/embedded/presence/index.js';
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
