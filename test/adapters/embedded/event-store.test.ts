import { NO_STREAM } from '../../../src/application/ports/event-store.js';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { eventFeedContract } from '../../contracts/event-feed.contract.js';
import { eventStoreContract, type OpenedEventStore } from '../../contracts/event-store.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

const openIn = async (directory: string): Promise<OpenedEventStore> => {
  const { root, close } = await openedDirectory(directory);
  const { store, feed, sweep, close: closeStore } = openEventStore(root, { backOff: { firstMs: 1, maxMs: 20 } });
  const closeAll = async () => {
    await closeStore();
    await close();
  };
  const reopen = async () => {
    await closeAll();
    return openIn(directory);
  };
  return { store, feed, sweep: async () => void (await sweep()()), reopen, close: closeAll };
};

eventStoreContract('The embedded store', () => openIn(newDirectory()));
eventFeedContract('The embedded store', () => openIn(newDirectory()));

test('at the position of an event that is no longer kept there is nothing, and behind it all is found', async () => {
  const { store, feed, sweep, close } = await openIn(newDirectory());
  const stream = freshStream();
  await answerOf(store.keepFor(stream, 1));
  await answerOf(store.append(stream, NO_STREAM, sampleEvents(3)));
  const { position } = await answerOf(store.append(freshStream(), NO_STREAM, sampleEvents(2)));
  await eventually(async () => {
    await sweep?.();
    const found = await answerOf(feed.at([0, 2, position]));
    expect(found.map((event) => event.position)).toEqual([position]);
  });
  await close();
});
