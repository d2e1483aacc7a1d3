import { z } from 'zod';
import { eventRegistry } from '../../../../src/application/kernel/events/event-registry.js';
import { eventSchemas, oldVersion } from '../../../../src/application/kernel/events/event-schemas.js';
import { versionedEvents } from '../../../../src/application/kernel/events/versioned-events.js';
import {
  BEGINNING,
  type EventBody,
  type EventStore,
  NO_STREAM,
  type RecordedEvent,
} from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';

interface Baked {
  readonly type: 'Baked';
  readonly grams: number;
  readonly flour: 'WHEAT' | 'RYE';
  readonly salted: boolean;
}
interface Eaten {
  readonly type: 'Eaten';
  readonly by: string;
}

/** Of before there was rye; and of before it was told whether there is salt in it, in pounds. */
const baked2 = oldVersion(z.object({ grams: z.number(), flour: z.enum(['WHEAT', 'RYE']) }), (old) => ({
  ...old,
  salted: true,
}));
const baked1 = oldVersion(z.object({ pounds: z.number() }), ({ pounds, ...old }) => ({
  ...old,
  grams: pounds * 500,
  flour: 'WHEAT',
}));

const isBreadEvent = eventSchemas<Baked | Eaten>()({
  Baked: [baked1, baked2, z.object({ grams: z.number(), flour: z.enum(['WHEAT', 'RYE']), salted: z.boolean() })],
  Eaten: z.object({ by: z.string() }),
});
const registry = eventRegistry([{ context: 'bakery', streams: [['bread-', isBreadEvent]], messages: [] }]);

const today: Baked = { type: 'Baked', grams: 1_000, flour: 'RYE', salted: false };

type Fact = EventBody & Readonly<Record<string, unknown>>;
const first: Fact = { type: 'Baked', pounds: 2 };
const damaged: Fact = { ...first, pounds: 'two' };
const second: Fact = { type: 'Baked', grams: 700, flour: 'RYE' };

const eaten: Eaten = { type: 'Eaten', by: 'ana' };

/** A store in which `stored` stands as it was written once, and how it is read today. */
const bakery = async (...stored: ReadonlyArray<readonly [event: EventBody, version?: number]>) => {
  const kept = new InMemoryEventStore();
  const events = stored.map(([event, version], n) => ({
    id: `e${n}`,
    event,
    metadata: { correlationId: 'c', ...(version !== undefined && { version }) },
  }));
  if (events.length > 0) await answerOf(kept.append('bread-1', NO_STREAM, events));
  const versioned = versionedEvents(registry);
  return { kept, store: versioned.eventStore(kept), feed: versioned.feed(kept) };
};

const inStream = (store: Pick<EventStore, 'readStream'>) => answerOf(store.readStream('bread-1', 0, 10));

test('an event of an old version is read as it would be written today', async () => {
  const { store, feed } = await bakery([first], [second, 2], [today, 3], [eaten]);
  const read = await inStream(store);
  expect(read.map(({ event }) => event)).toEqual([
    { type: 'Baked', grams: 1_000, flour: 'WHEAT', salted: true },
    { type: 'Baked', grams: 700, flour: 'RYE', salted: true },
    today,
    eaten,
  ]);
  expect(read.map((each) => registry.faultOf(each))).toEqual([null, null, null, null]);
  const { events } = await answerOf(feed.read(BEGINNING));
  expect(events).toEqual(read);
  const followed: RecordedEvent[] = [];
  const subscription = feed.subscribe(BEGINNING, (batch) => Promise.resolve(void followed.push(...batch.events)));
  await eventually(() => expect(followed).toEqual(read));
  await subscription.stop();
});

test('what is stored stays as it was written', async () => {
  const { kept, store } = await bakery([first]);
  await inStream(store);
  expect(await inStream(kept)).toMatchObject([{ event: first, metadata: { correlationId: 'c' } }]);
});

test('an event is written with its version; the first is left out', async () => {
  const { kept, store } = await bakery();
  const metadata = { correlationId: 'c' };
  const events = [today, eaten].map((event, n) => ({ id: `e${n}`, event, metadata }));
  await answerOf(store.append('bread-1', NO_STREAM, events));
  const written = await inStream(kept);
  expect(written.map((each) => each.metadata)).toEqual([{ correlationId: 'c', version: 3 }, metadata]);
});

const unreadable: ReadonlyArray<readonly [string, Fact, number | undefined, string]> = [
  ['a version of tomorrow', { ...today }, 4, 'its Baked is of version 4, known here up to 3'],
  ['a type of tomorrow', { type: 'Toasted' }, undefined, 'no event of type Toasted is known here'],
];
test.each(unreadable)('%s stays as it is, and asks for an upgrade', async (_, event, version, reason) => {
  const { store } = await bakery([event, version]);
  const [read] = await inStream(store);
  expect(read?.event).toEqual(event);
  expect(read && registry.faultOf(read)).toBe(`${reason}: a newer Doorbuster wrote it, upgrade first`);
});

test('an old version that is damaged cannot be read', async () => {
  const { store } = await bakery([damaged]);
  const [read] = await inStream(store);
  expect(read && registry.faultOf(read)).toBe('the grams of its Baked is missing or of another kind');
});
