import { open } from 'lmdb';
import { join } from 'node:path';
import { checkData } from '../../src/adapters/embedded/backup/check-data.js';
import { checkSeals } from '../../src/infrastructure/cli/commands/backups.js';
import { answerOf } from '../support/answer-of.js';
import { sampleEvents } from '../support/event-samples.js';
import { sealedStore } from '../support/sealed-history.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** Of the event at a position, one letter, on the disk. */
const changeLetter = async (directory: string, position: number): Promise<void> => {
  const root = open({ path: join(directory, 'doorbuster.mdb'), maxDbs: 64 });
  const records = root.openDB<Buffer, number>('event-records', { encoding: 'binary' });
  const record = Buffer.from(records.get(position) ?? '');
  const at = record.lastIndexOf('correlation');
  record.writeUInt8(record.readUInt8(at) ^ 1, at);
  records.putSync(position, record);
  await root.close();
};

test('a check of the data finds an event that can be read and is not what was sealed', async () => {
  const directory = newDir();
  const store = await sealedStore(directory);
  await answerOf(store.opened.store.append('sample-1', -1, sampleEvents(5)));
  await store.sealAll();
  await store.close();
  expect(await checkSeals(directory)).toMatchObject({ ok: true, details: [] });

  await changeLetter(directory, 4);
  expect((await checkData(directory)).filter(({ ok }) => !ok)).toEqual([]);
  const { ok, details } = await checkSeals(directory);
  expect(ok).toBe(false);
  expect(details.join()).toContain('sample-1');
});
