import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { erasedInDirectory, restoreKeys, writeKeys } from '../../../src/adapters/embedded/data-keys/copy-keys.js';
import { openDataKeys } from '../../../src/adapters/embedded/data-keys/open-data-keys.js';
import { answerOf } from '../../support/answer-of.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDir = tempDirs();
const childOf = (name: string): URL => new URL(`./children/${name}.ts`, import.meta.url);

/** More than the largest file of a process with a full disk. */
const LARGE = 100_000;

/** A data directory with a key of Ana, and what a backup of Monday holds of it. */
const withKeyOfAna = async () => {
  const directory = newDir();
  const { keys, close } = openDataKeys(directory);
  await Promise.all([answerOf(keys.offer('ana', randomBytes(LARGE))), answerOf(keys.offer('ben', randomBytes(61)))]);
  await close();
  const monday = join(newDir(), 'monday.ndjson');
  await writeKeys(directory, monday);
  return { directory, monday };
};

describe('A key that was being destroyed does not come back from an earlier backup', () => {
  it('when the process was killed in the middle', async () => {
    const { directory, monday } = await withKeyOfAna();
    expect(await startTypescript(childOf('erase-until-killed'), [directory, 'ana']).ended).toBe('SIGKILL');
    expect(await restoreKeys(newDir(), monday, [await erasedInDirectory(directory)])).toStrictEqual(['ana']);
  });

  it('when the disk was full, and the user was erased again once there was room', async () => {
    const { directory, monday } = await withKeyOfAna();
    const child = startTypescript(childOf('erase-on-a-full-disk'), [directory, 'ana'], { largestFileKiB: 32 });
    expect(await child.ended).toBe(0);
    expect(JSON.parse(child.lines()[0] ?? '')).toStrictEqual(E.left('DataKeysUnavailable'));

    const { keys, close } = openDataKeys(directory);
    expect(await answerOf(keys.destroy('ana'))).toBe(true);
    await close();
    expect(await restoreKeys(newDir(), monday, [await erasedInDirectory(directory)])).toStrictEqual(['ana']);
  });
});
