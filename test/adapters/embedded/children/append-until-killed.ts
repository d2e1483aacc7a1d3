import { openEventStore } from '../../../../src/adapters/embedded/event-store/open-event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { sampleEvents } from '../../../support/event-samples.js';
import { openedDirectory } from '../../../support/embedded.js';
import { writeSync } from 'node:fs';

/** Appends to some streams side by side and says so after each answer, until it is killed. */
const [, , directory = '', ...streams] = process.argv;
const { store } = openEventStore((await openedDirectory(directory)).root);

const lastOf = async (stream: string): Promise<number> => {
  for (let from = 0; ; from += 1_000) {
    const events = await answerOf(store.readStream(stream, from, 1_000));
    if (events.length < 1_000) return from + events.length - 1;
  }
};

await Promise.all(
  streams.map(async (stream, index) => {
    for (let last = await lastOf(stream); ;) {
      const events = sampleEvents(1 + index * 3, last + 1);
      const { revision, position } = await answerOf(store.append(stream, last, events));
      writeSync(1, `${stream} ${revision} ${position} ${events.at(-1)?.id}\n`);
      last = revision;
    }
  }),
);
