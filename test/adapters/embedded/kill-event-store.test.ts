import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { type SampleEvent } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const child = new URL('./children/append-until-killed.ts', import.meta.url);
const streams = ['a', 'b', 'c', 'd'];

const everything = async (directory: string) => {
  const { root, close } = await openedDirectory(directory);
  const { feed } = openEventStore(root);
  const events = [];
  for (let after = -1, more = true; more;) {
    const batch = await answerOf(feed.read(after));
    events.push(...batch.events);
    after = batch.position;
    more = !batch.caughtUp;
  }
  await close();
  return events;
};

it('has everything it answered for after each of several kills, whole and in order', async () => {
  const directory = newDirectory();
  const acknowledged: string[] = [];
  for (let cycle = 0; cycle < 5; cycle++) {
    const { process: writer, lines, ended } = startTypescript(child, [directory, ...streams]);
    await eventually(() => lines().length > 100 + cycle * 150);
    writer.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    acknowledged.push(...lines());

    const events = await everything(directory);
    const lastEvents = new Set(
      events.map(({ streamId, revision, position, id }) => `${streamId} ${revision} ${position} ${id}`),
    );
    expect(acknowledged.filter((line) => !lastEvents.has(line))).toEqual([]);
    streams.forEach((stream, index) => {
      const own = events.filter(({ streamId }) => streamId === stream);
      expect(own.map(({ revision }) => revision)).toEqual(own.map((_, revision) => revision));
      // An append is there as a whole or not at all.
      expect(own.length % (1 + index * 3)).toBe(0);
      const numbers = own.map(({ event }) => ('number' in event ? event.number : null));
      expect(numbers).toEqual(own.map((_, number): SampleEvent['number'] => number));
    });
    expect(events.every(({ position }, index) => index === 0 || position > (events[index - 1]?.position ?? 0))).toBe(
      true,
    );
  }
});
