import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();

it('has room for the key of every user although the disk took only half of what was written at first', async () => {
  const child = new URL('./children/offer-keys-after-a-short-write.ts', import.meta.url);
  const { lines, ended } = startTypescript(child, [newDirectory()]);
  expect(await ended).toBe(0);
  expect(lines()).toEqual(['600']);
});
