import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openReadModels } from '../../../src/adapters/embedded/read-models/open-read-models.js';
import { openedDirectory } from '../../support/embedded.js';
import { option as O } from 'fp-ts';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const child = new URL('./children/project-until-killed.ts', import.meta.url);
const stream = 'samples';
const build = { view: 'samples', version: 1, build: 1 };

const after = async (directory: string) => {
  const { root, close } = await openedDirectory(directory);
  const { store, feed } = openEventStore(root);
  const readModels = openReadModels(root);
  const checkpoint = await answerOf(readModels.checkpoint(build));
  const documents = await answerOf(readModels.scan(build, null, 1_000_000));
  await answerOf(readModels.flip(build));
  const byEntry = await answerOf(readModels.queryServed('samples', { index: 'all', key: '', limit: 1_000_000 }));
  const entries = O.toUndefined(byEntry)?.items;
  const events = await answerOf(store.readStream(stream, 0, 1_000_000));
  const head = await answerOf(feed.head());
  await close();
  return { checkpoint, documents, entries, events, head };
};

it('has exactly the documents and entries of its checkpoint after a kill, and a checkpoint the events have reached', async () => {
  const directory = newDirectory();
  let reached = -1;
  for (let cycle = 0; cycle < 3; cycle++) {
    const { process: victim, lines, ended } = startTypescript(child, [directory, stream]);
    await eventually(() => lines().length > 40 + cycle * 37);
    victim.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const { checkpoint, documents, entries, events, head } = await after(directory);
    expect(checkpoint).toBeLessThanOrEqual(head);
    expect(checkpoint).toBeGreaterThan(reached);
    const projected = events.filter(({ position }) => position <= checkpoint).map(({ id }) => id);
    expect(new Set(documents.items.map(({ id }) => id))).toEqual(new Set(projected));
    expect(entries?.map(({ id }) => id)).toEqual(projected);
    reached = checkpoint;
  }
});
