import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { openDataKeys } from '../../../src/adapters/embedded/data-keys/open-data-keys.js';
import { dataKeysContract, type OpenedDataKeys } from '../../contracts/data-keys.contract.js';
import { answerOf } from '../../support/answer-of.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

const openIn = (directory: string): OpenedDataKeys => {
  const { keys, close } = openDataKeys(directory);
  // One process at a time owns a data directory.
  return { keys, other: keys, reopen: async () => (await close(), openIn(directory)), close };
};

dataKeysContract('in the data directory', async () => openIn(newDir()));

const filesIn = (directory: string): Buffer =>
  Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));

it('keeps no byte of a key in its files that could be read without its slot, and no slot of a destroyed key', async () => {
  const directory = newDir();
  const { keys, close } = openDataKeys(directory);
  const wrapped = randomBytes(61);
  await answerOf(keys.offer('ana', wrapped));
  const slots = readFileSync(join(directory, 'personal-keys.slots'));
  const secret = slots.subarray(0, 32);
  expect(filesIn(directory).includes(wrapped.subarray(0, 16))).toBe(false);
  await answerOf(keys.destroy('ana'));
  expect(filesIn(directory).includes(secret)).toBe(false);
  await close();
  expect(filesIn(directory).includes(secret)).toBe(false);
});

it('tells operators why a key cannot be read', async () => {
  const told: unknown[] = [];
  const { keys, close } = openDataKeys(newDir(), (error) => void told.push(error));
  await answerOf(keys.offer('ana', randomBytes(61)));
  expect(told).toEqual([]);
  await close();
  expect(await keys.find('ana')()).toEqual(E.left('DataKeysUnavailable'));
  expect(told).toMatchObject([{ message: expect.stringMatching(/\w/) }]);
});

it('keeps its files from other users of the machine', async () => {
  const directory = newDir();
  const { keys, close } = openDataKeys(directory);
  await answerOf(keys.offer('ana', randomBytes(61)));
  for (const name of ['personal-keys.mdb', 'personal-keys.slots'])
    expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
  await close();
});
