import { z } from 'zod';
import { either as E, taskEither as TE } from 'fp-ts';
import { type Aggregate } from '../../../../src/application/kernel/writer/aggregate.js';
import { loadAggregate } from '../../../../src/application/kernel/writer/load-aggregate.js';
import { eventSchemas } from '../../../../src/application/kernel/events/event-schemas.js';
import { type EventStore, NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { type SampleEvent, sampleEvents } from '../../../support/event-samples.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';

const counting: Aggregate<number, SampleEvent> = {
  initial: 0,
  evolve: (state) => state + 1,
  isEvent: eventSchemas<SampleEvent>()({ Sampled: z.object({ number: z.number(), text: z.string() }) }),
  snapshots: null,
};

describe('loading an aggregate', () => {
  const store = new InMemoryEventStore();
  const ports = { eventStore: store, snapshots: noSnapshots, logger: recordingLog() };

  it('begins a stream nobody wrote to before its first event', async () => {
    expect(await answerOf(loadAggregate(ports)(counting, 'nobody'))).toMatchObject({ state: 0, revision: NO_STREAM });
  });

  it('goes on behind events that are no longer kept: they are forgotten, their revisions are taken', async () => {
    await answerOf(store.append('short', NO_STREAM, sampleEvents(3)));
    const expired = { ...ports, eventStore: { ...store, readStream: () => TE.right([]) } };
    const loaded = await answerOf(loadAggregate(expired)(counting, 'short'));
    expect(loaded).toMatchObject({ state: 0, revision: 2 });
    expect(E.isRight(await store.append('short', loaded.revision, sampleEvents(1))())).toBe(true);
  });

  it('knows what was written first of all while it looked: it is not taken for what is no longer kept', async () => {
    const lastRevision: EventStore['lastRevision'] = (streamId) => async () => {
      await answerOf(store.append(streamId, NO_STREAM, sampleEvents(2)));
      return store.lastRevision(streamId)();
    };
    const raced = { ...ports, eventStore: { ...store, lastRevision } };
    expect(await answerOf(loadAggregate(raced)(counting, 'begun'))).toMatchObject({ state: 2, revision: 1 });
  });
});
