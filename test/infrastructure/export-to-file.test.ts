import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openEventStore } from '../../src/adapters/embedded/event-store/open-event-store.js';
import { exportToFile } from '../../src/infrastructure/cli/history/export-to-file.js';
import { type Terminal } from '../../src/infrastructure/cli/terminal.js';
import { answerOf } from '../support/answer-of.js';
import { openedDirectory } from '../support/embedded.js';
import { sampleEvent } from '../support/event-samples.js';
import { tempDirs } from '../support/temp-dir.js';
import { startTypescript } from '../support/typescript-child.js';

const newDir = tempDirs();
const silent: Terminal = {
  json: true,
  print: () => undefined,
  progress: () => ({ at: () => undefined, end: () => undefined }),
};

const before = process.env['DATA_DIR'];
afterEach(() => {
  if (before === undefined) delete process.env['DATA_DIR'];
  else process.env['DATA_DIR'] = before;
});

const withEvents = async (count = 2): Promise<string> => {
  const directory = newDir();
  const { root, close } = await openedDirectory(directory);
  const { store, close: closeStore } = openEventStore(root);
  await answerOf(
    store.append(
      's',
      -1,
      Array.from({ length: count }, (_, n) => sampleEvent(n)),
    ),
  );
  await closeStore();
  await close();
  return directory;
};

test('of two exports to one file one is refused, and the other is there, whole', async () => {
  process.env['DATA_DIR'] = await withEvents();
  const file = join(newDir(), 'history.ndjson');
  const both = await Promise.allSettled([exportToFile(file, silent), exportToFile(file, silent)]);
  // Which of them opens it first is for the operating system to say.
  expect(both).toEqual(
    expect.arrayContaining([
      { status: 'fulfilled', value: 'done' },
      { status: 'rejected', reason: expect.objectContaining({ code: 'FILE_EXISTS' }) },
    ]),
  );
  expect(readFileSync(file, 'utf8')).toMatch(/"s"[^]*\}\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('an export that cannot be finished leaves no file behind', async () => {
  process.env['DATA_DIR'] = newDir();
  const file = join(newDir(), 'history.ndjson');
  await expect(exportToFile(file, silent)).rejects.toMatchObject({ code: 'NO_DATA' });
  expect(existsSync(file)).toBe(false);
});

test('an export that is ended by a signal leaves no file behind', async () => {
  // Progress is told every thousand events.
  process.env['DATA_DIR'] = await withEvents(1_000);
  const file = join(newDir(), 'history.ndjson');
  const { ended } = startTypescript(new URL('./children/export-and-end.ts', import.meta.url), [file]);
  expect(await ended).toBe(130);
  expect(existsSync(file)).toBe(false);
});
