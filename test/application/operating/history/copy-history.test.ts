import { copyHistory, TargetAhead, TargetDiffers } from '../../../../src/application/operating/history/copy-history.js';
import { BEGINNING, NO_STREAM, type RecordedEvent } from '../../../../src/application/ports/event-store.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';

const record = async (store: InMemoryEventStore, streamId: string, revision: number, id: string): Promise<void> => {
  const event = { id, event: { type: 'Happened', id }, metadata: { correlationId: id } };
  expect(await store.append(streamId, revision, [event])()).toMatchObject({ _tag: 'Right' });
};
const headOf = async (store: InMemoryEventStore): Promise<number> => {
  const head = await store.head()();
  return head._tag === 'Right' ? head.right : NaN;
};
const copying = (from: InMemoryEventStore, to: InMemoryEventStore) => {
  const seen: RecordedEvent[] = [];
  const copy = copyHistory({
    from,
    to: { eventStore: to, feed: to },
    inFlight: 1,
    onEvent: (event) => seen.push(event),
    onCopied: () => undefined,
  });
  return { ...copy, seen: () => seen.map(({ id }) => id) };
};

test('a history that goes on growing is copied in its order, and both stores have one head', async () => {
  const [from, to] = [new InMemoryEventStore(), new InMemoryEventStore()];
  await record(from, 'a', NO_STREAM, 'a0');
  await record(from, 'b', NO_STREAM, 'b0');
  const { copyUntil, readBack, positionThere, seen } = copying(from, to);
  await copyUntil(await headOf(from));
  const first = await readBack();
  await record(from, 'a', 0, 'a1');
  await copyUntil(await headOf(from));
  expect(await readBack()).toMatchObject({ events: 3 });
  expect((await readBack()).head).not.toBe(first.head);
  expect(seen()).toEqual(['a0', 'b0', 'a1']);
  expect(positionThere(await headOf(from))).toBe(await headOf(to));
  expect(positionThere(BEGINNING)).toBe(BEGINNING);
});

test('of a long history the last places are known, and of those before one that is not too late', async () => {
  const [from, to] = [new InMemoryEventStore(), new InMemoryEventStore()];
  // Of two streams in turns: each event is an append of its own.
  for (let n = 0; n < 12_000; n += 1) await record(from, n % 2 === 0 ? 'a' : 'b', Math.floor(n / 2) - 1, `e${n}`);
  const { copyUntil, positionThere } = copying(from, to);
  await copyUntil(await headOf(from));
  const end = await headOf(from);
  expect(positionThere(end)).toBe(end);
  for (const [before, most] of [
    [1_000, 2],
    [end - 1_000, 10],
  ] as const) {
    expect(end - positionThere(end - before)).toBeGreaterThanOrEqual(before);
    expect(end - positionThere(end - before)).toBeLessThan(before + most);
  }
});

test('an attempt that broke off is taken up where it was', async () => {
  const [from, to] = [new InMemoryEventStore(), new InMemoryEventStore()];
  for (const n of [0, 1, 2]) await record(from, 'a', n - 1, `a${n}`);
  await record(to, 'a', NO_STREAM, 'a0');
  const { resume, copyUntil, readBack, seen } = copying(from, to);
  expect(await resume()).toBe(1);
  await copyUntil(await headOf(from));
  expect(await readBack()).toMatchObject({ events: 3 });
  expect(seen()).toEqual(['a0', 'a1', 'a2']);
});

test.each([
  ['another event', TargetDiffers, async (to: InMemoryEventStore) => record(to, 'a', NO_STREAM, 'other')],
  [
    'all of it and more, because a shop has gone on there',
    TargetAhead,
    async (to: InMemoryEventStore) => {
      await record(to, 'a', NO_STREAM, 'a0');
      await record(to, 'a', 0, 'a1');
    },
  ],
])('a store that holds %s is not added to', async (_, refusal, fill) => {
  const [from, to] = [new InMemoryEventStore(), new InMemoryEventStore()];
  await record(from, 'a', NO_STREAM, 'a0');
  await fill(to);
  await expect(copying(from, to).resume()).rejects.toThrow(refusal);
});

test('what somebody else writes to the other store meanwhile is noticed when it is read back', async () => {
  const [from, to] = [new InMemoryEventStore(), new InMemoryEventStore()];
  await record(from, 'a', NO_STREAM, 'a0');
  const { copyUntil, readBack } = copying(from, to);
  await copyUntil(await headOf(from));
  await record(to, 'b', NO_STREAM, 'b0');
  await expect(readBack()).rejects.toThrow(TargetDiffers);
});
