import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { NO_STREAM } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { deleteStreams } from '../../support/engines/delete-streams.js';
import { sampleEvents } from '../../support/event-samples.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

test('what tests leave behind on a server of somebody else is deleted, and nothing else', async () => {
  const server = await openStandIn(newDirectory());
  const { connectionString } = server;
  const ours = openEventStoreDb({ connectionString, namespace: 'tests-' });
  const theirs = openEventStoreDb({ connectionString, namespace: 'shop.' });
  for (const stream of ['a', 'b'])
    for (const { store } of [ours, theirs]) await answerOf(store.append(stream, NO_STREAM, sampleEvents(600)));
  expect(await deleteStreams(connectionString, 'tests-')).toBe(2);
  const left = async ({ store }: typeof ours) => (await answerOf(store.readStream('a', 0, 1_000))).length;
  expect([await left(ours), await left(theirs)]).toEqual([0, 600]);
  await Promise.all([ours.close(), theirs.close()]);
  await server.stop();
});
