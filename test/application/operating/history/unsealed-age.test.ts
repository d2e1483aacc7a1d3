import { sealHistory } from '../../../../src/application/operating/history/seal-history.js';
import { answerOf } from '../../../support/answer-of.js';
import { sampleEvent } from '../../../support/event-samples.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { recordingLog, recordingMetrics } from '../../../support/in-memory/quiet.js';
import { movedClock } from '../../../support/moved-clock.js';

test('how old the events are that nobody can seal is told as long as this process is to seal them', async () => {
  const clock = movedClock();
  const eventStore = new InMemoryEventStore(clock.now);
  const metrics = recordingMetrics();
  await answerOf(eventStore.append('sample-1', -1, [sampleEvent(1)]));
  const begin = sealHistory({
    ...{ feed: eventStore, eventStore, clock, log: recordingLog(), metrics },
    ...{ signingKey: async () => null, isBusy: () => false, passing: [] },
  });
  const task = await begin(() => undefined);
  await eventually(() => {
    clock.move(100_000);
    expect(metrics.values.get('history_unsealed_seconds')).toBeGreaterThan(900);
  });
  await task.stop();
  expect(metrics.values.get('history_unsealed_seconds')).toBe(0);
});
