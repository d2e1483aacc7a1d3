import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { open } from 'lmdb';
import { closeEnvironment } from '../../../src/adapters/embedded/environment/close-environment.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

/** A timer of lmdb fires within it. */
const SOON_MS = 20;

test('a read that comes while data is being closed fails where it was made, and ends no process', async () => {
  const root = open({ path: join(newDir(), 'late.mdb') });
  const table = root.openDB<number, string>('late', {});
  await table.put('read', 1);
  await sleep(SOON_MS);
  table.get('read');
  void table.put('read', 2);

  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', onUncaught);
  const closing = closeEnvironment(root);
  expect(() => table.get('read')).toThrow();
  await closing;
  await sleep(SOON_MS);
  process.off('uncaughtException', onUncaught);
  expect(() => table.get('read')).toThrow('closed');
  expect(uncaught).toEqual([]);
});
