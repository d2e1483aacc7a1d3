import { openEventStore } from '../../../../src/adapters/embedded/event-store/open-event-store.js';
import { openReadModels } from '../../../../src/adapters/embedded/read-models/open-read-models.js';
import { answerOf } from '../../../support/answer-of.js';
import { sampleEvents } from '../../../support/event-samples.js';
import { openedDirectory } from '../../../support/embedded.js';
import { writeSync } from 'node:fs';

/** Appends, and projects every event into a document of its own, until it is killed. */
const [, , directory = '', stream = ''] = process.argv;
const { root } = await openedDirectory(directory);
const { store, feed } = openEventStore(root);
const readModels = openReadModels(root);
const build = { view: 'samples', version: 1, build: 1 };

feed.subscribe(await answerOf(readModels.checkpoint(build)), async ({ events, position }) => {
  const from = await answerOf(readModels.checkpoint(build));
  const writes = events.map(({ id, revision, position: at }) => ({
    id,
    document: { revision, at },
    entries: [{ index: 'all', key: '', sort: revision }],
  }));
  await answerOf(readModels.write(build, writes, { from, to: position }));
  writeSync(1, `${position}\n`);
});

let last = (await answerOf(store.readStream(stream, 0, 1_000_000))).length - 1;
for (;;) last = (await answerOf(store.append(stream, last, sampleEvents(7, last + 1)))).revision;
