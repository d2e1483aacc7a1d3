import { taskEither as TE } from 'fp-ts';
import { handleParking } from '../../../src/application/kernel/process/parking/parking-aggregate.js';
import { parkedStreamsView } from '../../../src/application/kernel/process/parked-streams-view.js';
import { projectionOf } from '../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../src/application/kernel/projection/start-projections.js';
import { releaseReadable } from '../../../src/application/operating/release-readable.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';

test('one consumer whose streams cannot be released holds up no other', async () => {
  const eventStore = new InMemoryEventStore();
  const log = recordingLog();
  let ids = 0;
  const ports = {
    eventStore,
    feed: eventStore,
    snapshots: noSnapshots,
    logger: log,
    log,
    messageLog: new InMemoryMessageLog(),
    readModels: new InMemoryReadModels(),
    clock: wallClock,
    metrics: recordingMetrics(),
    leases: inMemoryLeases(),
    ids: { next: () => `id-${ids++}` },
  };
  const projections = startProjections(ports)([projectionOf(parkedStreamsView)]);
  await projections.ready;
  const created = { id: 'created', event: { type: 'OrderCreated' }, metadata: { correlationId: 'test' } };
  await answerOf(eventStore.append('order-o1', -1, [created]));
  const reason = 'no event of type OrderCreated is known here';
  const streams = [{ streamId: 'order-o1', revision: 0, eventType: 'OrderCreated', reason }];
  for (const consumer of ['order-saga', 'relay'])
    await answerOf(handleParking(ports)({ type: 'Park', consumer, streams, at: Date.now() }, 'test'));

  const sweep = releaseReadable({
    ...ports,
    faultOf: () => null,
    release: ({ consumer }) =>
      consumer === 'order-saga' ? () => Promise.reject(new Error('an event of a newer version')) : TE.right(1),
  });
  await eventually(async () => expect(await answerOf(sweep(new AbortController().signal))).toBe(1));
  expect(log.lines).toContainEqual(expect.stringContaining('What a consumer parked cannot be released'));
  await projections.stop();
});
