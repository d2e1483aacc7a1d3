import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { versionedEvents } from '../../../src/application/kernel/events/versioned-events.js';
import { allEvents } from '../../../src/application/operating/all-events.js';
import { type HistoryEvent } from '../../../src/application/kernel/history/history-chain.js';
import { BEGINNING, NO_STREAM, type RecordedEvent } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { fixtures, historyOf } from '../../support/events/fixtures.js';
import { stateOfStream } from '../../support/events/states.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import * as released from '../../fixtures/released/reader.mjs';

const RELEASED = join(import.meta.dirname, '../../fixtures/released/history.ndjson');

/**
 * Orders are placed in steps now, end for who is slow to take something for them, say where they go to under a seal, and run out by the
 * hundred: the released code passes these over until it is upgraded.
 */
const NEW_SINCE: ReadonlySet<string> = new Set([
  'OrderPlacingStarted.1',
  'OrderNotPlaced.1',
  'OrderCreated.2',
  'DeliveryCreated.2',
  'HoldsExpired.1',
  'PointsUseEnded.1',
  'CouponUseEnded.1',
]);

/** A line of an export that is an event. */
const recorded: z.ZodType<HistoryEvent> = z.object({
  streamId: z.string(),
  id: z.string(),
  event: z.looseObject({ type: z.string() }),
  metadata: z.looseObject({ correlationId: z.string() }),
});

const storeOf = async (history: ReadonlyArray<HistoryEvent>): Promise<InMemoryEventStore> => {
  const store = new InMemoryEventStore();
  const ends = new Map<string, number>();
  for (const { streamId, ...event } of history) {
    const end = ends.get(streamId) ?? NO_STREAM;
    await answerOf(store.append(streamId, end, [event]));
    ends.set(streamId, end + 1);
  }
  return store;
};
const allOf = async (feed: Pick<InMemoryEventStore, 'read'>): Promise<ReadonlyArray<RecordedEvent>> =>
  (await answerOf(feed.read(BEGINNING, { batchSize: 10_000 }))).events;

test('a sale that the released code recorded is read, and every stream of it folded', async () => {
  const lines = readFileSync(RELEASED, 'utf8').split('\n');
  const history = lines.flatMap((line) => recorded.safeParse(JSON.parse(line || 'null')).data ?? []);
  expect(history).toHaveLength(115);
  const store = await storeOf(history);
  const events = await allOf(versionedEvents(allEvents).feed(store));
  expect(events).toHaveLength(history.length);
  expect(events.flatMap((event) => allEvents.faultOf(event) ?? [])).toEqual([]);
  for (const streamId of new Set(history.map((event) => event.streamId))) await stateOfStream(store, streamId);
});

describe.each([...fixtures])('%s, as it is written now', (name, fixture) => {
  const { streamId } = fixture;
  const isNew = NEW_SINCE.has(name);

  test(isNew ? 'is passed over by the released code' : 'is folded by the released code', async () => {
    const before = historyOf(fixture).filter(({ id }) => id === name || !NEW_SINCE.has(id));
    const events = await allOf(await storeOf(before.map((event) => ({ streamId, ...event }))));
    const faults = events.flatMap((event) => released.faultOf(event) ?? []);
    expect(faults).toHaveLength(isNew ? 1 : 0);
    const bodies = events.map(({ event }) => event);
    if (!isNew) expect(() => released.stateOf(streamId, bodies)).not.toThrow();
  });
});
