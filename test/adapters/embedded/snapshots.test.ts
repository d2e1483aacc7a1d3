import { openSnapshots } from '../../../src/adapters/embedded/snapshots/open-snapshots.js';
import { type OpenedSnapshots, snapshotsContract } from '../../contracts/snapshots.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

const openIn = async (directory: string): Promise<OpenedSnapshots> => {
  const { root, close } = await openedDirectory(directory);
  const reopen = async () => {
    await close();
    return openIn(directory);
  };
  return { snapshots: openSnapshots(root), reopen, close };
};

snapshotsContract('The embedded store', () => openIn(newDirectory()));
