import { aggregateCache } from '../../../../src/application/kernel/writer/aggregate-cache.js';
import { NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { jarWriting } from './jar.js';

const MOST = 10;
const IDLE_MS = 20;

test('an aggregate that nobody has changed for long leaves the memory, and is loaded again when it is asked for', async () => {
  const store = new InMemoryEventStore();
  const put = { id: 'first', event: { type: 'MarblePut', nth: 1 }, metadata: { correlationId: 'c' } };
  await answerOf(store.append('jar-a', NO_STREAM, [put]));
  const ports = { eventStore: store, snapshots: noSnapshots, logger: recordingLog() };
  const cache = aggregateCache(ports, jarWriting(3), MOST, IDLE_MS);
  const loaded = await answerOf(cache.get('a', 0));
  const remembered = { ...loaded, aggregate: { ...loaded.aggregate, state: { held: 2 } } };
  cache.keep('a', remembered);
  expect(await answerOf(cache.get('a', 0))).toBe(remembered);
  await eventually(async () => expect((await answerOf(cache.get('a', 0))).aggregate.state).toEqual({ held: 1 }));
});
