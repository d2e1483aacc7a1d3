import { openSnapshots } from '../../../../src/adapters/embedded/snapshots/open-snapshots.js';
import { openedDirectory } from '../../../support/embedded.js';

/** Saves a snapshot and is killed by the time its third piece is asked for. */
const [, , directory = '', streamId = ''] = process.argv;

async function* breakingDown(): AsyncIterable<unknown> {
  yield 'x';
  yield 'y';
  process.kill(process.pid, 'SIGKILL');
}

const { root } = await openedDirectory(directory);
await openSnapshots(root).save({ streamId, version: 1, revision: 2, chunks: breakingDown() })();
