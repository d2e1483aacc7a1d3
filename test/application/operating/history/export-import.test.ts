import { either as E } from 'fp-ts';
import { exportHistory } from '../../../../src/application/operating/history/export-history.js';
import { readHistory } from '../../../../src/application/operating/history/history-lines.js';
import { importHistory } from '../../../../src/application/operating/history/import-history.js';
import { openEventStore } from '../../../../src/adapters/embedded/event-store/open-event-store.js';
import { type EventStore } from '../../../../src/application/ports/event-store.js';
import { answerOf } from '../../../support/answer-of.js';
import { openedDirectory } from '../../../support/embedded.js';
import { sampleEvent, sampleEvents } from '../../../support/event-samples.js';
import { tempDirs } from '../../../support/temp-dir.js';

const newDirectory = tempDirs();

const newStore = async () => openEventStore((await openedDirectory(newDirectory())).root);
type Opened = Awaited<ReturnType<typeof newStore>>;

const exported = async ({ feed }: Opened): Promise<ReadonlyArray<string>> => {
  const lines: string[] = [];
  for await (const line of exportHistory(feed, await answerOf(feed.head()))) lines.push(JSON.stringify(line));
  return lines;
};

async function* given(lines: ReadonlyArray<string>): AsyncGenerator<string> {
  yield* lines;
}

const imported = async ({ store }: Opened, lines: ReadonlyArray<string>, inFlight = 100): Promise<void> => {
  const writing = importHistory(store, inFlight);
  const read = await readHistory(given(lines), writing.add);
  await writing.end();
  expect(read).toMatchObject(E.right({}));
};

const readOnly = (lines: ReadonlyArray<string>) => readHistory(given(lines), () => undefined);

const someHistory = async (): Promise<ReadonlyArray<string>> => {
  const opened = await newStore();
  await answerOf(opened.store.append('a', -1, sampleEvents(3)));
  await answerOf(opened.store.append('b', -1, [sampleEvent(9, 'ana 🎫')]));
  await answerOf(opened.store.append('a', 2, sampleEvents(2, 3)));
  return exported(opened);
};

test.each([1, 100])('an imported history is the same history, with %d appends under way at once', async (inFlight) => {
  const lines = await someHistory();
  const other = await newStore();
  await imported(other, lines, inFlight);
  expect(await exported(other)).toEqual(lines);
});

test('large events are written in appends that a store takes, and never more of them at once than it can wait for', async () => {
  const [LARGEST, MOST] = [800_000, 64 * 2 ** 20];
  let [largest, underWay, most, written] = [0, 0, 0, 0];
  const store: Pick<EventStore, 'append'> = {
    append: (_, expected, events) => async () => {
      const bytes = Buffer.byteLength(JSON.stringify(events));
      largest = Math.max(largest, bytes);
      most = Math.max(most, (underWay += bytes));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= bytes;
      written += events.length;
      return E.right({ revision: expected + events.length, position: written });
    },
  };
  const opened = await newStore();
  const writing = importHistory({ ...opened.store, ...store }, 1_000);
  const event = sampleEvent(0, '한'.repeat(20_000));
  for (let n = 0; n < 1_500; n += 1) await writing.add({ ...event, id: `large-${n}`, streamId: 'large' });
  await writing.end();
  expect(written).toBe(1_500);
  expect(largest).toBeLessThanOrEqual(LARGEST);
  expect(most).toBeLessThanOrEqual(MOST);
});

test('an empty history is a history', async () => {
  const lines = await exported(await newStore());
  expect(lines).toHaveLength(2);
  expect(await readOnly(lines)).toEqual(E.right({ events: 0, head: '0'.repeat(64) }));
});

test('whatever one does to a line is found: changed, left out, put in, moved, cut short, gone on after the end', async () => {
  const lines = await someHistory();
  const damaged: ReadonlyArray<readonly [string, ReadonlyArray<string>, string]> = [
    ['changed', lines.with(2, (lines[2] ?? '').replace('"number":1', '"number":7')), 'changed, left out'],
    ['left out', lines.toSpliced(2, 1), '6 events were written, 5 are here'],
    ['put in', lines.toSpliced(2, 0, lines[1] ?? ''), '6 events were written, 7 are here'],
    ['moved', lines.with(1, lines[2] ?? '').with(2, lines[1] ?? ''), 'changed, left out'],
    ['cut short', lines.slice(0, -1), 'cut short'],
    ['gone on', [...lines, lines[1] ?? ''], 'something follows'],
    ['no event', lines.with(3, '{"what":1}'), 'not an event'],
    ['no JSON', lines.with(3, '{'), 'not an event'],
    ['another file', ['hello'], 'not an exported history'],
    ['of a newer version', lines.with(0, '{"history":"doorbuster","format":99}'), 'newer version'],
    ['of an older version', lines.with(0, '{"history":"doorbuster","format":1}'), 'older version'],
    ['empty', [], 'cut short'],
  ];
  for (const [what, changed, reason] of damaged)
    expect({ what, ...(await readOnly(changed)) }).toMatchObject({
      what,
      left: { reason: expect.stringContaining(reason) },
    });
});

test('a store that somebody else writes to is told', async () => {
  const lines = await someHistory();
  const other = await newStore();
  await answerOf(other.store.append('b', -1, [sampleEvent(1)]));
  const writing = importHistory(other.store, 1);
  await expect(readHistory(given(lines), writing.add).then(writing.end)).rejects.toThrow('Something else wrote');
});

test.each([
  ['version', { type: 'ProductCreated' }, 9, 'its ProductCreated is of version 9, known here up to 2'],
  ['type', { type: 'ProductSunk' }, undefined, 'no event of type ProductSunk is known here'],
])('an event of a %s that only a newer Doorbuster knows is refused', async (_, event, version, reason) => {
  const opened = await newStore();
  const metadata = { correlationId: 'c', ...(version !== undefined && { version }) };
  await answerOf(opened.store.append('stock-lamp', -1, [{ id: 'e1', event, metadata }]));
  const lines = await exported(opened);
  expect(await readOnly(lines)).toEqual(
    E.left({ line: 2, reason: `${reason}: a newer Doorbuster wrote it, upgrade first` }),
  );
});
