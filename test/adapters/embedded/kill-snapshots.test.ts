import { option as O } from 'fp-ts';
import { openSnapshots } from '../../../src/adapters/embedded/snapshots/open-snapshots.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const child = new URL('./children/save-half-a-snapshot.ts', import.meta.url);

async function* inPieces(...chunks: ReadonlyArray<unknown>): AsyncIterable<unknown> {
  yield* chunks;
}

it('has the old snapshot after a kill in the middle of saving, and leaves no pieces behind for good', async () => {
  const directory = newDirectory();
  const before = await openedDirectory(directory);
  const old = { streamId: 's', version: 1, revision: 1, chunks: inPieces('a', 'b', 'c') };
  await answerOf(openSnapshots(before.root).save(old));
  await before.close();

  expect(await startTypescript(child, [directory, 's']).ended).toBe('SIGKILL');

  const { root, close } = await openedDirectory(directory);
  const snapshots = openSnapshots(root);
  const found = await answerOf(snapshots.load('s', 1));
  const pieces: unknown[] = [];
  if (O.isSome(found)) for await (const piece of found.value.chunks) pieces.push(piece);
  expect(pieces).toEqual(['a', 'b', 'c']);
  const stored = root.openDB('snapshot-pieces', { encoding: 'binary' });
  expect(stored.getKeysCount()).toBe(5);
  await answerOf(snapshots.save({ ...old, revision: 3, chunks: inPieces('d') }));
  expect(stored.getKeysCount()).toBe(1);
  await close();
});
